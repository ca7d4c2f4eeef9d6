import type { ImportedName, NamedOrigin, NamespaceOrigin } from "./module-origins.ts";
import type { EntradaPackage } from "./moves.ts";
import { indentAt, nodesOf, removeStatement, type Node, type SourceModule } from "./source-module.ts";

/** What becomes of one imported name. */
export type Fate =
  | { readonly kind: "stay" }
  | { readonly kind: "drop" }
  | { readonly kind: "move"; readonly to: EntradaPackage; readonly name: string; readonly local: string };

/** A name that has to be imported for the new code. */
export interface Addition {
  readonly from: EntradaPackage;
  readonly name: string;
  readonly local: string;
  readonly typeOnly: boolean;
}

const LONGEST_LINE = 100;

/** Rewrites one statement that names what it takes, and adds statements where one is not enough. */
export function rewriteNames(
  module: SourceModule,
  origin: NamedOrigin,
  fates: ReadonlyMap<ImportedName, Fate>,
  additions: readonly Addition[],
): void {
  const fateOf = (name: ImportedName): Fate => fates.get(name) ?? { kind: "stay" };
  const moved = origin.names.flatMap((name) => {
    const fate = fateOf(name);
    return fate.kind === "move" ? [{ name, fate }] : [];
  });
  const stays = origin.names.some((name) => fateOf(name).kind === "stay");
  const primary = stays ? undefined : moved[0]?.fate.to;
  const keeps = (name: ImportedName): boolean => {
    const fate = fateOf(name);
    return fate.kind === "stay" || (fate.kind === "move" && fate.to === primary);
  };
  const wanted = [
    ...moved
      .filter(({ name }) => !keeps(name))
      .map(({ name, fate }) => ({
        from: fate.to,
        name: fate.name,
        local: fate.local,
        typeOnly: origin.typeOnly || name.typeOnly,
      })),
    ...additions,
  ];
  if (primary === undefined && !stays) {
    replaceStatement(module, origin, wanted);
    return;
  }
  const kept = origin.names.filter(keeps);
  if (primary !== undefined) overwriteLiteral(module, origin.literal, primary);
  const here = primary === undefined ? [] : wanted.filter(({ from }) => from === primary);
  rewriteList(module, origin, kept, fateOf, here);
  addStatements(
    module,
    origin,
    wanted.filter((addition) => !here.includes(addition)),
  );
}

/** Imports names beside a namespace; the namespace goes when nothing uses it any longer. */
export function rewriteNamespace(
  module: SourceModule,
  origin: NamespaceOrigin,
  unused: boolean,
  additions: readonly Addition[],
): void {
  if (unused) replaceStatement(module, origin, additions);
  else addStatements(module, origin, additions);
}

export function overwriteLiteral(module: SourceModule, literal: Node, value: string): void {
  module.edits.overwrite(literal.start + 1, literal.end - 1, value);
}

// The line breaks and the indentation of a text, without what is written there.
function blankOf(text: string): string {
  return text
    .split(/(\r?\n)/)
    .map((part, index) => (index % 2 === 1 ? part : part.slice(0, part.length - part.trimStart().length)))
    .join("");
}

function rewriteList(
  module: SourceModule,
  origin: NamedOrigin,
  kept: readonly ImportedName[],
  fateOf: (name: ImportedName) => Fate,
  added: readonly Addition[],
): void {
  const { text, edits } = module;
  const pieces = piecesOf(text, origin.names);
  const [opening, closing] = [pieces[0]!.start, pieces.at(-1)!.end];
  const blank = blankOf((pieces[1] ?? pieces[0])!.lead) || " ";
  const entries = kept.map((name, index) => {
    const { lead, tail } = pieces[origin.names.indexOf(name)]!;
    const fate = fateOf(name);
    const own = text.slice(name.node.start, name.node.end);
    const entry = fate.kind === "move" ? renamedEntry(origin, name, fate, own) : own;
    // The first one stands where the first one stood.
    return { before: (index === 0 && !lead.trim() ? pieces[0]!.lead : lead) + entry, tail };
  });
  const extra = added.map((addition) => ({
    before: blank + entryOf(origin.kind, addition, origin.typeOnly),
    tail: "",
  }));
  const all = [...entries, ...extra];
  const endsWithComma = text[origin.names.at(-1)!.node.end] === ",";
  const list = all
    .map(({ before, tail }, index) => before + (index < all.length - 1 || endsWithComma ? "," : "") + tail)
    .join("");
  if (list !== text.slice(opening, closing)) edits.overwrite(opening, closing, list);
}

interface Piece {
  readonly start: number;
  readonly end: number;
  /** White space and comments above the name. */
  readonly lead: string;
  /** A comment behind the name's comma, on the same line. */
  readonly tail: string;
}

/** Cuts the inside of the braces into what belongs to each name. */
function piecesOf(text: string, names: readonly ImportedName[]): readonly Piece[] {
  let start = text.lastIndexOf("{", names[0]!.node.start) + 1;
  return names.map(({ node }) => {
    const comma = /^\s*,/.exec(text.slice(node.end))?.[0].length ?? 0;
    const rest = text.slice(node.end + comma);
    const tail =
      comma > 0 ? (/^[^\S\n]*(?:\/\/[^\r\n]*|\/\*[^\n]*?\*\/(?=[^\S\n]*\n))/.exec(rest)?.[0] ?? "") : "";
    const end = node.end + comma + tail.length;
    const piece = { start, end, lead: text.slice(start, node.start), tail };
    start = end;
    return piece;
  });
}

function renamedEntry(
  { kind }: NamedOrigin,
  { imported, local, typeOnly }: ImportedName,
  fate: Fate & { kind: "move" },
  own: string,
): string {
  if (fate.name === imported && fate.local === local) return own;
  return entryOf(kind, { from: fate.to, name: fate.name, local: fate.local, typeOnly }, !typeOnly);
}

/** Puts new statements above the one of `origin`. */
function addStatements(
  module: SourceModule,
  origin: NamedOrigin | NamespaceOrigin,
  wanted: readonly Addition[],
): void {
  const indent = indentAt(module, origin.statement.start);
  const statements = statementsFor(module, origin, wanted);
  module.edits.appendLeft(
    origin.statement.start,
    statements.map((statement) => statement + module.eol + indent).join(""),
  );
}

/** Puts new statements where the one of `origin` stood. */
function replaceStatement(
  module: SourceModule,
  origin: NamedOrigin | NamespaceOrigin,
  wanted: readonly Addition[],
): void {
  const { statement } = origin;
  const statements = statementsFor(module, origin, wanted);
  const separator = module.eol + indentAt(module, statement.start);
  if (statements.length === 0) removeStatement(module, statement);
  else module.edits.overwrite(statement.start, statement.end, statements.join(separator));
}

/** The statements for what cannot join an import that is already there. */
function statementsFor(
  module: SourceModule,
  origin: NamedOrigin | NamespaceOrigin,
  wanted: readonly Addition[],
): readonly string[] {
  const kind = origin.kind === "namespace" ? origin.how : origin.kind;
  const byStatement = new Map<string, Addition[]>();
  for (const addition of wanted) {
    if (kind === "import" && joinImport(module, addition)) continue;
    byStatement.set(addition.from, [...(byStatement.get(addition.from) ?? []), addition]);
  }
  const indent = indentAt(module, origin.statement.start);
  return [...byStatement.values()].map((additions) => statementFor(module, origin, kind, additions, indent));
}

/** Puts a name into an import of the same package that the module has already. */
function joinImport(module: SourceModule, addition: Addition): boolean {
  const there = nodesOf(module, "ImportDeclaration").find(
    ({ source, specifiers, importKind }) =>
      source.value === addition.from &&
      (importKind === "type") <= addition.typeOnly &&
      specifiers.at(-1)?.type === "ImportSpecifier",
  );
  const last = there?.specifiers.at(-1);
  if (there === undefined || last === undefined) return false;
  const isThere = there.specifiers.some((specifier) => specifier.local.name === addition.local);
  const entry = entryOf("import", addition, there.importKind === "type");
  if (!isThere) module.edits.appendLeft(last.end, `, ${entry}`);
  return true;
}

function statementFor(
  module: SourceModule,
  { literal, statement, kind: originKind }: NamedOrigin | NamespaceOrigin,
  kind: NamedOrigin["kind"],
  additions: readonly Addition[],
  indent: string,
): string {
  const { from } = additions[0]!;
  const typeOnly = additions.every((addition) => addition.typeOnly);
  const quote = module.text[literal.start] ?? '"';
  const source = `${quote}${from}${quote}`;
  const end = module.text[statement.end - 1] === ";" ? ";" : "";
  const entries = additions.map((addition) => entryOf(kind, addition, typeOnly));
  const braced = (list: string): string => {
    const type = typeOnly && (kind === "import" || kind === "export") ? "type " : "";
    if (kind === "import") return `import ${type}{${list}} from ${source}${end}`;
    if (kind === "export") return `export ${type}{${list}} from ${source}${end}`;
    const keyword =
      originKind === "namespace"
        ? "const"
        : (/^\w+/.exec(module.text.slice(statement.start)) ?? ["const"])[0];
    return `${keyword} {${list}} = ${kind === "require" ? "require" : "await import"}(${source})${end}`;
  };
  const line = braced(` ${entries.join(", ")} `);
  if (line.length <= LONGEST_LINE) return line;
  const { eol } = module;
  return braced(`${eol}${entries.map((entry) => `${indent}  ${entry},${eol}`).join("")}${indent}`);
}

function entryOf(
  kind: NamedOrigin["kind"],
  { name, local, typeOnly }: Addition,
  typeElsewhere: boolean,
): string {
  const isModuleSyntax = kind === "import" || kind === "export";
  const type = typeOnly && !typeElsewhere && isModuleSyntax ? "type " : "";
  if (name === local) return type + name;
  return isModuleSyntax ? `${type}${name} as ${local}` : `${name}: ${local}`;
}
