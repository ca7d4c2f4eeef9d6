import { globSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

/** A Markdown document for users. */
export interface Document {
  /** From the root of the repository, with forward slashes. */
  readonly path: string;
  readonly text: string;
}

/** A fenced block of TypeScript. */
export interface CodeBlock {
  readonly path: string;
  /** Of its first line of code, from 1. */
  readonly line: number;
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

/**
 * The TypeScript blocks of a document, each as a module that can be compiled alone: a block that imports nothing goes
 * on from the one before it.
 */
export function modulesOf({ path, text }: Document): readonly CodeBlock[] {
  const blocks: CodeBlock[] = [];
  for (const match of text.matchAll(/^```ts\n([\s\S]*?)^```$/gm)) {
    const own = match[1] ?? "";
    const before = /^import /m.test(own) ? "" : (blocks.at(-1)?.code ?? "");
    const line = text.slice(0, match.index).split("\n").length + 1;
    blocks.push({ path, line, code: before + own });
  }
  return blocks;
}

/** The names that links of GitHub's pages can point at within a document. */
export function anchorsOf({ text }: Document): ReadonlySet<string> {
  const prose = text.replaceAll(/^```[\s\S]*?^```$/gm, "");
  const headings = [...prose.matchAll(/^#{1,6} (.+)$/gm)].map(([, heading = ""]) => heading);
  return new Set(headings.map((heading) => slug(heading)));
}

// As GitHub makes them: lower case, spaces to hyphens, no other punctuation than hyphens and underscores.
function slug(heading: string): string {
  return heading
    .trim()
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}\s_-]/gu, "")
    .replaceAll(/\s/g, "-");
}
