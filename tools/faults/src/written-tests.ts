import { readFileSync } from "node:fs";
import { parseSync } from "oxc-parser";

/** A test as its source spells it: the names of the suites around it, and its own, with spaces between. */
export interface WrittenTest {
  /** Where a name is made at run time, it has `%s` in that place. */
  readonly name: string;
  readonly line: number;
}

/**
 * The tests that a source declares, with `test` or with a function made of it, such as `test.each` and `test.skipIf`.
 * @throws SyntaxError where the source cannot be read
 */
export function writtenTests(path: string): readonly WrittenTest[] {
  const source = readFileSync(path, "utf8");
  const { program, errors } = parseSync(path, source);
  if (errors.length > 0) throw new SyntaxError(`${path}: ${errors[0]?.message}`);
  const found: WrittenTest[] = [];
  visit(program, "", (name, start) => {
    found.push({ name, line: source.slice(0, start).split("\n").length });
  });
  return found;
}

type Found = (name: string, start: number) => void;

function visit(value: unknown, suite: string, found: Found): void {
  if (Array.isArray(value)) {
    for (const one of value) visit(one, suite, found);
    return;
  }
  if (!isNode(value)) return;
  const kind = value.type === "CallExpression" ? kindOf(value["callee"]) : undefined;
  const [title, ...rest] = kind === undefined ? [] : (value["arguments"] as readonly unknown[]);
  const text = title === undefined ? undefined : textOf(title);
  if (kind === undefined || text === undefined) {
    for (const child of Object.values(value)) visit(child, suite, found);
    return;
  }
  const name = suite === "" ? text : `${suite} ${text}`;
  if (kind === "test") found(name, value.start);
  visit(rest, kind === "suite" ? name : suite, found);
}

const SUITES: ReadonlySet<unknown> = new Set(["describe", "suite"]);
// `wamTest` is that of the tests under Wine, `fuzzTest` that of those with drawn inputs.
const TESTS: ReadonlySet<unknown> = new Set(["test", "it", "wamTest", "fuzzTest"]);
const KINDS_OF_TESTS: ReadonlySet<unknown> = new Set([
  "each",
  "for",
  "skipIf",
  "runIf",
  "extend",
  "concurrent",
]);

// `test`, `test.each([...])`, `describe.skipIf(...)`, `test.extend({...})`.
function kindOf(callee: unknown): "suite" | "test" | undefined {
  if (!isNode(callee)) return undefined;
  if (callee.type === "Identifier") {
    if (SUITES.has(callee["name"])) return "suite";
    return TESTS.has(callee["name"]) ? "test" : undefined;
  }
  if (callee.type === "CallExpression") return kindOf(callee["callee"]);
  if (callee.type === "MemberExpression") {
    const property = callee["property"];
    return isNode(property) && KINDS_OF_TESTS.has(property["name"]) ? kindOf(callee["object"]) : undefined;
  }
  return callee.type === "TaggedTemplateExpression" ? kindOf(callee["tag"]) : undefined;
}

function textOf(title: unknown): string | undefined {
  if (!isNode(title)) return undefined;
  if (title.type === "Literal" && typeof title["value"] === "string") return title["value"];
  if (title.type === "TemplateLiteral") {
    const parts = title["quasis"] as readonly { readonly value: { readonly cooked: string } }[];
    return parts.map(({ value }) => value.cooked).join("%s");
  }
  if (title.type === "BinaryExpression") return `${textOf(title["left"])}${textOf(title["right"])}`;
  return title.type === "Identifier" || title.type === "MemberExpression" ? "%s" : undefined;
}

interface Node {
  readonly type: string;
  readonly start: number;
  readonly [key: string]: unknown;
}

function isNode(value: unknown): value is Node {
  return typeof value === "object" && value !== null && "type" in value && typeof value.type === "string";
}
