import { MagicString } from "magic-string";
import { parseSync, visitorKeys, type Comment, type Node, type Program } from "oxc-parser";

export type { Node } from "oxc-parser";

/** The node types of one kind, such as `NodeOf<"CallExpression">`. */
export type NodeOf<Type extends Node["type"]> = Extract<Node, { type: Type }>;

/** A source file, its syntax tree, and the edits made to it so far. All else keeps its characters. */
export interface SourceModule {
  readonly path: string;
  readonly text: string;
  readonly program: Program;
  readonly comments: readonly Comment[];
  readonly edits: MagicString;
  /** Every node, parents before children. */
  readonly nodes: readonly Node[];
  readonly parentOf: (node: Node) => Node | undefined;
  /** "\n" or "\r\n", whichever the file uses. */
  readonly eol: string;
}

/** @throws SyntaxError when the file cannot be read as what its extension says */
export function parseModule(path: string, text: string): SourceModule {
  const lang = languageOf(path);
  const { program, comments, errors } = parseSync(path, text, { preserveParens: false, lang });
  const fault = errors.find(({ severity }) => (severity as string) === "Error");
  if (fault !== undefined) throw new SyntaxError(`${path}: ${fault.message}`);
  const nodes: Node[] = [];
  const parents = new Map<Node, Node>();
  visit(program as Node, nodes, parents);
  return {
    path,
    text,
    program,
    comments,
    edits: new MagicString(text),
    nodes,
    parentOf: (node) => parents.get(node),
    eol: text.includes("\r\n") ? "\r\n" : "\n",
  };
}

export function nodesOf<Type extends Node["type"]>(
  module: SourceModule,
  type: Type,
): readonly NodeOf<Type>[] {
  return module.nodes.filter((node): node is NodeOf<Type> => node.type === type);
}

/** The statement that a node is part of, and which stands in a list of statements. */
export function statementOf(module: SourceModule, node: Node): Node {
  let current = node;
  for (;;) {
    const parent = module.parentOf(current);
    if (parent === undefined) return current;
    if (LISTS_OF_STATEMENTS.has(parent.type)) return current;
    current = parent;
  }
}

/** The list of statements that a node's statement stands in: where what it declares is known. */
export function blockOf(module: SourceModule, node: Node): Node | undefined {
  return module.parentOf(statementOf(module, node));
}

export function contains(outer: Node, inner: Node): boolean {
  return outer.start <= inner.start && inner.end <= outer.end;
}

/** The white space before the first thing of the line that `position` is on. */
export function indentAt({ text }: SourceModule, position: number): string {
  const start = text.lastIndexOf("\n", position - 1) + 1;
  return /^[ \t]*/.exec(text.slice(start, position))?.[0] ?? "";
}

/** Takes a whole statement out, with its line and an empty line where nothing else is on it. */
export function removeStatement({ text, edits }: SourceModule, { start, end }: Node): void {
  const lineStart = text.lastIndexOf("\n", start - 1) + 1;
  const lineEnd = text.indexOf("\n", end) === -1 ? text.length : text.indexOf("\n", end) + 1;
  const alone = text.slice(lineStart, start).trim() === "" && text.slice(end, lineEnd).trim() === "";
  // Of the empty lines above and below it one is enough.
  const blankAbove = /(?:^|\n)[ \t]*\r?\n$/.test(text.slice(0, lineStart));
  const blankBelow = blankAbove ? (/^[ \t]*\r?\n/.exec(text.slice(lineEnd))?.[0].length ?? 0) : 0;
  if (alone) edits.remove(lineStart, lineEnd + blankBelow);
  else edits.remove(start, end);
}

/** Many files named .js have elements in them. In a .ts file `<T>x` is none, and in JavaScript `a<b>(c)` compares. */
function languageOf(path: string): "ts" | "tsx" | "jsx" {
  if (/\.[cm]?ts$/.test(path)) return "ts";
  return path.endsWith(".tsx") ? "tsx" : "jsx";
}

const LISTS_OF_STATEMENTS: ReadonlySet<string> = new Set([
  "Program",
  "BlockStatement",
  "StaticBlock",
  "SwitchCase",
  "TSModuleBlock",
  "ClassBody",
]);

function visit(node: Node, nodes: Node[], parents: Map<Node, Node>): void {
  nodes.push(node);
  for (const key of visitorKeys[node.type] ?? []) {
    const value = (node as unknown as Record<string, unknown>)[key];
    for (const child of Array.isArray(value) ? value : [value]) {
      if (!isNode(child)) continue;
      parents.set(child, node);
      visit(child, nodes, parents);
    }
  }
}

function isNode(value: unknown): value is Node {
  return typeof value === "object" && value !== null && "type" in value;
}
