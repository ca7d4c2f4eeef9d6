import { parseSync } from "oxc-parser";
import { analyse } from "scslre";

/** A regular expression in a source. */
export interface WrittenExpression {
  readonly file: string;
  readonly line: number;
  readonly pattern: string;
  readonly flags: string;
}

/** The regular expressions of a source, and the places where one is made at run time, whose pattern is `…`. */
export function writtenExpressions(file: string, source: string): readonly WrittenExpression[] {
  const { program, errors } = parseSync(file, source);
  if (errors.length > 0) throw new SyntaxError(`${file}: ${errors[0]?.message}`);
  const found: WrittenExpression[] = [];
  visit(program, (node) => {
    const line = source.slice(0, node.start).split("\n").length;
    if (node.regex !== undefined) found.push({ file, line, ...node.regex });
    else if (makesExpression(node)) found.push({ file, line, ...madeOf(node) });
  });
  return found;
}

/** What makes the time of an expression grow faster than its text, in a word or two; undefined: nothing does. */
export function slownessOf({
  pattern,
  flags,
}: Pick<WrittenExpression, "pattern" | "flags">): string | undefined {
  const { reports } = analyse(
    { source: pattern, flags },
    { reportTypes: { Move: true, Self: true, Trade: true } },
  );
  const worst = reports.find(({ exponential }) => exponential) ?? reports[0];
  if (worst === undefined) return undefined;
  return `${worst.exponential ? "exponential" : "quadratic"} in a text of many ${worst.character.literal.source}`;
}

/** What stands for the pattern of an expression that is made at run time. */
export const MADE_AT_RUN_TIME = "\u2026";

interface Node {
  readonly type: string;
  readonly start: number;
  readonly regex?: { readonly pattern: string; readonly flags: string };
  readonly callee?: { readonly name?: unknown };
  readonly arguments?: readonly { readonly type: string; readonly value?: unknown }[];
}

function visit(value: unknown, found: (node: Node) => void): void {
  if (Array.isArray(value)) {
    for (const one of value) visit(one, found);
    return;
  }
  if (typeof value !== "object" || value === null) return;
  if ("type" in value && typeof value.type === "string") found(value as Node);
  for (const child of Object.values(value)) visit(child, found);
}

function makesExpression({ type, callee }: Node): boolean {
  return (type === "NewExpression" || type === "CallExpression") && callee?.name === "RegExp";
}

function madeOf({ arguments: [pattern, flags] = [] }: Node): { pattern: string; flags: string } {
  const isText = pattern?.type === "Literal" && typeof pattern.value === "string";
  return {
    pattern: isText ? (pattern.value as string) : MADE_AT_RUN_TIME,
    flags: typeof flags?.value === "string" ? flags.value : "",
  };
}
