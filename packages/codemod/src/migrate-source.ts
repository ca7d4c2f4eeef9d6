import { credentialsOf, subclassesOf, type CredentialUse } from "./credential-uses.ts";
import { rewriteOptions } from "./credential-options.ts";
import { errorRemarks } from "./error-remarks.ts";
import { ImportAdditions } from "./import-additions.ts";
import { type Fate, overwriteLiteral, rewriteNames, rewriteNamespace } from "./import-edits.ts";
import {
  type ImportedName,
  type MemberOrigin,
  type NamedOrigin,
  type NamespaceOrigin,
  type Origin,
  originsOf,
} from "./module-origins.ts";
import { BROKER, BROKER_OPTIONS, BROWSER, BROWSER_OPTIONS, IDENTITY, moveOf, USE_PLUGIN } from "./moves.ts";
import { isShorthand, isTaken, referencesTo } from "./names-in-module.ts";
import { memberName, membersOf } from "./namespace-members.ts";
import { reasonsToStay } from "./reasons-to-stay.ts";
import { removePlugins } from "./remove-plugins.ts";
import { type Remark, writeRemarks } from "./remarks.ts";
import { sdkRemarks } from "./sdk-remarks.ts";
import { parseModule, statementOf, type Node, type SourceModule } from "./source-module.ts";

// Which some editors put before the text.
const BYTE_ORDER_MARK = 0xfeff;

/** What the rest of the project means for one file. */
export interface ProjectUse {
  /** Names of `@azure/identity` that stay there, such as `DefaultAzureCredential`. */
  readonly foreignNames: ReadonlySet<string>;
  /** Whether a credential moves in any file: then the log and the traces of the Azure SDK no longer reach all. */
  readonly moves: boolean;
}

export interface SourceMigration {
  readonly code: string;
  /** What was left for a person to decide; each is a comment in the code. */
  readonly remarks: readonly string[];
  /** Where the behaviour is another now. */
  readonly notes: readonly string[];
}

/**
 * Moves one source file to Entrada. What it has moved already it leaves alone.
 * @param path - its extension says which language it is
 * @throws SyntaxError when it cannot be read
 */
export function migrateSource(path: string, text: string, project: ProjectUse): SourceMigration {
  const mark = text.charCodeAt(0) === BYTE_ORDER_MARK ? text.charAt(0) : "";
  const module = parseModule(path, text.slice(mark.length));
  const file = new FileMigration(module, project);
  file.run();
  const remarks = writeRemarks(module, file.remarks);
  return {
    code: mark + module.edits.toString(),
    remarks: remarks.map(({ text }) => text),
    notes: [...new Set(file.notes)],
  };
}

const NO_COUNTERPART = "brokerOptions and tokenCachePersistenceOptions have no counterpart of that name";
const CHECK_OPTIONS = `check these options: ${NO_COUNTERPART}`;
const WANTS_BROKER = "these options are for InteractiveBrowserBrokerCredential of @entrada/broker";
const CHECK_SUBCLASS = `check the options that this class passes on: ${NO_COUNTERPART}`;

class FileMigration {
  readonly remarks: Remark[] = [];
  readonly notes: string[] = [];
  readonly #module: SourceModule;
  readonly #foreignNames: ReadonlySet<string>;
  readonly #moves: boolean;
  readonly #additions: ImportAdditions;
  #brokered: readonly CredentialUse[] = [];
  #allBrokered = false;

  constructor(module: SourceModule, { foreignNames, moves }: ProjectUse) {
    this.#module = module;
    this.#additions = new ImportAdditions(module);
    this.#foreignNames = foreignNames;
    this.#moves = moves;
  }

  run(): void {
    const module = this.#module;
    if (this.#moves) this.remarks.push(...sdkRemarks(module));
    const staying = reasonsToStay(module);
    this.remarks.push(...staying);
    if (staying.length > 0) return;
    const plugins = removePlugins(module, this.#foreignNames);
    this.remarks.push(...plugins.remarks);
    const origins = originsOf(module, IDENTITY);
    const uses = origins.flatMap((origin) =>
      credentialsOf(module, origin).map((use) => ({ use, broker: this.#rewriteCredential(origin, use) })),
    );
    this.#brokered = uses.filter(({ broker }) => broker).map(({ use }) => use);
    const browsers = uses.filter(({ use }) => use.name === BROWSER);
    this.#allBrokered = this.#brokered.length > 0 && browsers.every(({ broker }) => broker);
    for (const origin of origins) {
      for (const node of subclassesOf(module, origin)) this.remarks.push({ node, text: CHECK_SUBCLASS });
      switch (origin.kind) {
        case "namespace":
          this.#moveNamespace(origin, plugins.removedCalls);
          break;
        case "member":
          this.#moveMember(origin);
          break;
        case "open":
          this.#remarkOnOpen(origin);
          break;
        default:
          this.#moveNames(origin, plugins.keepsUsePlugin);
      }
    }
    this.remarks.push(...errorRemarks(module, this.#foreignNames.size > 0));
  }

  /** @returns whether it is the broker's credential that is wanted */
  #rewriteCredential(origin: Origin, { options, node, opaque }: CredentialUse): boolean {
    if (opaque) {
      this.remarks.push({ node, text: CHECK_OPTIONS });
    }
    if (options === undefined) return false;
    const cacheFunction = (): string => this.#additions.add(origin, "@entrada/cache", "persistentTokenCache");
    const outcome = rewriteOptions(this.#module, options, cacheFunction);
    this.remarks.push(...outcome.remarks);
    this.notes.push(...outcome.notes);
    return outcome.broker;
  }

  #moveNames(origin: NamedOrigin, keepsUsePlugin: boolean): void {
    const fates = new Map(origin.names.map((name) => [name, this.#fateOf(origin, name, keepsUsePlugin)]));
    if (!this.#allBrokered) this.#replaceClasses(origin);
    rewriteNames(this.#module, origin, fates, this.#additions.of(origin));
  }

  #fateOf(origin: NamedOrigin, name: ImportedName, keepsUsePlugin: boolean): Fate {
    const { imported, local, node } = name;
    if (imported === USE_PLUGIN) return { kind: keepsUsePlugin ? "stay" : "drop" };
    const move = moveOf(imported, this.#foreignNames.size > 0);
    if (move === undefined) return { kind: "stay" };
    const all = origin.kind === "export" ? [] : referencesTo(this.#module, local);
    const annotations = this.#allBrokered ? [] : this.#brokered.map(({ annotation }) => annotation);
    const references = all?.filter((reference) => !annotations.includes(reference));
    if (references === undefined) {
      const text = `${local} is also declared here: move it to ${move.to} by hand`;
      this.remarks.push({ node, text });
      return { kind: "stay" };
    }
    const broker = this.#allBrokered && (imported === BROWSER || imported === BROWSER_OPTIONS);
    const to = broker ? "@entrada/broker" : move.to;
    const moved = broker ? (imported === BROWSER ? BROKER : BROKER_OPTIONS) : move.name;
    const renames = local === imported && moved !== imported && origin.kind !== "export";
    const isExported = references.some((other) => this.#module.parentOf(other)?.type === "ExportSpecifier");
    if (!renames || isExported || isTaken(this.#module, moved))
      return { kind: "move", to, name: moved, local };
    if (references.length === 0 && (all?.length ?? 0) > 0) return { kind: "drop" }; // all are the broker's now
    for (const reference of references) this.#rename(reference, local, moved);
    const typeOnly = origin.typeOnly || name.typeOnly;
    const isNew = this.#additions.claim(origin, { from: to, name: moved, local: moved, typeOnly });
    return isNew ? { kind: "move", to, name: moved, local: moved } : { kind: "drop" };
  }

  #moveNamespace(origin: NamespaceOrigin, removedCalls: readonly Node[]): void {
    const module = this.#module;
    const members = membersOf(module, origin.local);
    if (members === undefined) {
      const text = `${origin.local} is also declared here: move what is Entrada's by hand`;
      this.remarks.push({ node: origin.statement, text });
      return;
    }
    let left = 0;
    for (const member of members) {
      if (removedCalls.some(({ start, end }) => start <= member.start && member.end <= end)) continue;
      const name = memberName(member);
      const move = name === undefined ? undefined : moveOf(name, this.#foreignNames.size > 0);
      if (move === undefined) {
        left++;
        continue;
      }
      const broker = this.#brokered.some(
        ({ callee, annotation }) => callee === member || annotation === member,
      );
      const typeOnly = member.type === "TSQualifiedName";
      const target = broker ? (typeOnly ? BROKER_OPTIONS : BROKER) : move.name;
      const local = this.#additions.add(origin, broker ? "@entrada/broker" : move.to, target, typeOnly);
      module.edits.overwrite(member.start, member.end, local);
    }
    rewriteNamespace(module, origin, left === 0, this.#additions.of(origin));
  }

  #moveMember(origin: MemberOrigin): void {
    const module = this.#module;
    const { literal, name, how } = origin;
    const move = moveOf(name.name, this.#foreignNames.size > 0);
    if (move === undefined) return;
    const mine = credentialsOf(module, origin).map(({ callee }) => callee);
    const brokered = this.#brokered.filter(({ callee }) => mine.includes(callee));
    const broker = brokered.length > 0 && brokered.length === mine.length;
    const target = broker ? BROKER : move.name;
    overwriteLiteral(module, literal, broker ? "@entrada/broker" : move.to);
    if (target !== name.name) module.edits.overwrite(name.start, name.end, target);
    if (!broker) for (const { node } of brokered) this.remarks.push({ node, text: WANTS_BROKER });
    if (how === "type") return;
    const statement = outermostStatement(module, origin.statement);
    rewriteNamespace(
      module,
      { kind: "namespace", literal, statement, how, local: "" },
      false,
      this.#additions.of(origin),
    );
  }

  #remarkOnOpen({ statement, everything }: Extract<Origin, { kind: "open" }>): void {
    if (statement.type === "ImportDeclaration" && !everything) return; // import "…": nothing is taken from it
    const text = everything
      ? "InteractiveBrowserCredential and DeviceCodeCredential are in @entrada/core and @entrada/device-code"
      : "this replaces the module @azure/identity; the credentials come from @entrada packages";
    this.remarks.push({ node: statement, text });
  }

  /** Where only some constructions want the broker, these get its class. */
  #replaceClasses(origin: NamedOrigin): void {
    const mine = credentialsOf(this.#module, origin).map(({ callee }) => callee);
    for (const { callee, annotation } of this.#brokered) {
      if (!mine.includes(callee)) continue;
      const local = this.#additions.add(origin, "@entrada/broker", BROKER);
      this.#module.edits.overwrite(callee.start, callee.end, local);
      if (annotation === undefined) continue;
      const type = this.#additions.add(origin, "@entrada/broker", BROKER_OPTIONS, true);
      this.#module.edits.overwrite(annotation.start, annotation.end, type);
    }
  }

  #rename(reference: Node, from: string, to: string): void {
    const text = isShorthand(this.#module, reference) ? `${from}: ${to}` : to;
    this.#module.edits.overwrite(reference.start, reference.end, text);
  }
}

/** Where a declaration can stand: not within the braces of a class. */
function outermostStatement(module: SourceModule, node: Node): Node {
  const statement = statementOf(module, node);
  const parent = module.parentOf(statement);
  return parent?.type === "ClassBody" ? outermostStatement(module, parent) : statement;
}
