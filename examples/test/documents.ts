import { globSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { headingSlug } from "../../tools/docs/src/heading-slug.ts";

/** A Markdown document for users. */
export interface Document {
  /** From the root of the repository, with forward slashes. */
  readonly path: string;
  readonly text: string;
}

/** A fenced block of TypeScript or JavaScript. */
export interface CodeBlock {
  /** Where to find it, whatever is added above: `docs/errors.md: Errors`; ` (2)` follows for the second under a heading. */
  readonly name: string;
  readonly path: string;
  /** Of its first line of code, from 1. */
  readonly line: number;
  readonly language: "ts" | "js";
  /** What a reader would call the module, for one that begins with a comment such as `// paste-flow.ts`. */
  readonly file: string | undefined;
  /** A module that can stand alone: a block that imports nothing goes on from the one before it. */
  readonly code: string;
}

export const ROOT: string = fileURLToPath(new URL("../..", import.meta.url));

/** Everything that people read: the README files and the pages of docs. */
export function documents(): readonly Document[] {
  const patterns = [
    "README.md",
    "docs/*.md",
    "examples/README.md",
    "packages/*/README.md",
    "native/README.md",
  ];
  return globSync(patterns, { cwd: ROOT })
    .map((path) => path.replaceAll("\\", "/"))
    .sort()
    .map((path) => ({ path, text: readFileSync(`${ROOT}/${path}`, "utf8") }));
}

/** The blocks of code of a document. */
export function blocksOf({ path, text }: Document): readonly CodeBlock[] {
  const blocks: CodeBlock[] = [];
  for (const match of text.matchAll(/^```(ts|js)\n([\s\S]*?)^```$/gm)) {
    const [, language, own = ""] = match;
    const above = text.slice(0, match.index);
    const place = `${path}: ${headingsIn(above).at(-1) ?? ""}`;
    const siblings = blocks.filter(({ name }) => name.replace(/ \(\d+\)$/, "") === place).length;
    blocks.push({
      name: siblings === 0 ? place : `${place} (${siblings + 1})`,
      path,
      line: above.split("\n").length + 1,
      language: language === "js" ? "js" : "ts",
      file: /^\/\/ ([a-z-]+(?:\.test)?\.ts)\n/.exec(own)?.[1],
      code: (/^import /m.test(own) ? "" : (blocks.at(-1)?.code ?? "")) + own,
    });
  }
  return blocks;
}

/** A fenced block of commands. */
export interface CommandBlock {
  /** As that of a block of code. */
  readonly name: string;
  readonly path: string;
  /** `console` shows what is printed as well. */
  readonly language: "sh" | "bash" | "powershell" | "console";
  readonly text: string;
}

/** The blocks of commands of a document. */
export function commandBlocksOf({ path, text }: Document): readonly CommandBlock[] {
  const blocks: CommandBlock[] = [];
  for (const match of text.matchAll(/^```(sh|bash|powershell|console)\n([\s\S]*?)^```$/gm)) {
    const place = `${path}: ${headingsIn(text.slice(0, match.index)).at(-1) ?? ""}`;
    const siblings = blocks.filter(({ name }) => name.replace(/ \(\d+\)$/, "") === place).length;
    blocks.push({
      name: siblings === 0 ? place : `${place} (${siblings + 1})`,
      path,
      language: match[1] as CommandBlock["language"],
      text: match[2] ?? "",
    });
  }
  return blocks;
}

/** The names that links of GitHub's pages can point at within a document. */
export function anchorsOf({ text }: Document): ReadonlySet<string> {
  return new Set(headingsIn(text).map((heading) => headingSlug(heading)));
}

function headingsIn(text: string): readonly string[] {
  const prose = text.replaceAll(/^```[\s\S]*?^```$/gm, "");
  return [...prose.matchAll(/^#{1,6} (.+)$/gm)].map(([, heading = ""]) => heading);
}
