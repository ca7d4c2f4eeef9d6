import type { Addition } from "./import-edits.ts";
import { originsOf, type Origin } from "./module-origins.ts";
import type { EntradaPackage } from "./moves.ts";
import { isTaken } from "./names-in-module.ts";
import { blockOf, contains, type Node, type SourceModule } from "./source-module.ts";

/** What new code needs imported, by the place whose form the import takes. */
export class ImportAdditions {
  readonly #module: SourceModule;
  readonly #byPlace = new Map<number, readonly Addition[]>();
  // With the list of statements in which it is imported, and so for all that is in there.
  readonly #inBlocks: { readonly addition: Addition; readonly block: Node | undefined }[] = [];

  constructor(module: SourceModule) {
    this.#module = module;
  }

  /** @returns the name under which it is imported: its own, unless the module has that for something else */
  add(origin: Origin, from: EntradaPackage, name: string, typeOnly = false): string {
    const additions = this.of(origin);
    const there = this.#find([...additions, ...this.#visibleAt(origin)], { from, name, typeOnly });
    if (there !== undefined) return there.local;
    const isFree = !isTaken(this.#module, name) || this.#isImported(from, name);
    const local = isFree ? name : prefixed(name);
    const addition = { from, name, local, typeOnly };
    this.#byPlace.set(origin.literal.start, [...additions, addition]);
    this.#share(origin, addition);
    return local;
  }

  /** Notes that an import at `origin` is given this name, unless the file has it for that already. @returns whether */
  claim(origin: Origin, addition: Addition): boolean {
    if (this.#find(this.#visibleAt(origin), addition) !== undefined) return false;
    this.#share(origin, addition);
    return true;
  }

  of(origin: Origin): readonly Addition[] {
    return this.#byPlace.get(origin.literal.start) ?? [];
  }

  #find(among: readonly Addition[], wanted: Omit<Addition, "local">): Addition | undefined {
    return among.find(
      ({ from, name, typeOnly }) =>
        from === wanted.from && name === wanted.name && typeOnly <= wanted.typeOnly,
    );
  }

  #share(origin: Origin, addition: Addition): void {
    this.#inBlocks.push({ addition, block: blockOf(this.#module, origin.statement) });
  }

  #visibleAt({ statement }: Origin): readonly Addition[] {
    return this.#inBlocks.flatMap(({ addition, block }) =>
      block === undefined || contains(block, statement) ? addition : [],
    );
  }

  #isImported(from: string, name: string): boolean {
    return originsOf(this.#module, from).some(
      (origin) =>
        "names" in origin && origin.names.some(({ imported, local }) => imported === name && local === name),
    );
  }
}

/** `entradaName` for `name`, `EntradaName` for `Name`. */
function prefixed(name: string): string {
  const first = name[0] ?? "";
  const prefix = first === first.toUpperCase() ? "Entrada" : "entrada";
  return prefix + first.toUpperCase() + name.slice(1);
}
