import type { Addition } from "./import-edits.ts";
import { originsOf, type Origin } from "./module-origins.ts";
import type { EntradaPackage } from "./moves.ts";
import { isTaken } from "./names-in-module.ts";
import { statementOf, type SourceModule } from "./source-module.ts";

/** What new code needs imported, by the place whose form the import takes. */
export class ImportAdditions {
  readonly #module: SourceModule;
  readonly #byPlace = new Map<number, readonly Addition[]>();
  // What is imported at the top level, and so for the rest of the file.
  readonly #forAll: Addition[] = [];

  constructor(module: SourceModule) {
    this.#module = module;
  }

  /** @returns the name under which it is imported: its own, unless the module has that for something else */
  add(origin: Origin, from: EntradaPackage, name: string, typeOnly = false): string {
    const additions = this.of(origin);
    const there = [...additions, ...this.#forAll].find(
      (addition) => addition.from === from && addition.name === name && addition.typeOnly <= typeOnly,
    );
    if (there !== undefined) return there.local;
    const isFree = !isTaken(this.#module, name) || this.#isImported(from, name);
    const local = isFree ? name : prefixed(name);
    const addition = { from, name, local, typeOnly };
    this.#byPlace.set(origin.literal.start, [...additions, addition]);
    const statement = statementOf(this.#module, origin.statement);
    if (this.#module.parentOf(statement)?.type === "Program") this.#forAll.push(addition);
    return local;
  }

  of(origin: Origin): readonly Addition[] {
    return this.#byPlace.get(origin.literal.start) ?? [];
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
