import { mkdir, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { ROOT, type CodeBlock } from "./documents.ts";

/** Blocks as modules in a folder, in which the packages resolve as they do for a user who has installed all of them. */
export interface Workshop {
  readonly folder: string;
  /** The module of a block, as a path within the folder. */
  moduleOf(block: CodeBlock): string;
}

/** Lays out blocks under the cache of the examples: a folder for each page, so that its blocks can import one another. */
export async function layOut(name: string, blocks: readonly CodeBlock[]): Promise<Workshop> {
  const folder = join(ROOT, "examples/.cache", name);
  await rm(folder, { recursive: true, force: true });
  await Promise.all(
    blocks.map(async (block) => {
      await mkdir(join(folder, pageOf(block)), { recursive: true });
      await writeFile(join(folder, moduleOf(block)), block.code);
    }),
  );
  return { folder, moduleOf };
}

/** Such as `docs-errors/line-7.ts`. */
function moduleOf(block: CodeBlock): string {
  return `${pageOf(block)}/${block.file ?? `line-${block.line}.${block.language}`}`;
}

function pageOf({ path }: CodeBlock): string {
  return path.replace(/\.md$/, "").replaceAll(/[^A-Za-z0-9]+/g, "-");
}
