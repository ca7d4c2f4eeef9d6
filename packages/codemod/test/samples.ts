import { globSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

/** A file before and after the migration. */
export interface Sample {
  readonly name: string;
  readonly title: string;
  readonly extension: string;
  readonly before: string;
  readonly after: string;
  /** What is undecided does not compile, and is not meant to. */
  readonly compiles: boolean;
}

const FOLDER = fileURLToPath(new URL("samples/", import.meta.url));

/** Reads the samples: in each document the first block is the input, the second the expected output. */
export function samples(): readonly Sample[] {
  return globSync("*.md", { cwd: FOLDER })
    .toSorted()
    .map((file) => {
      const text = readFileSync(FOLDER + file, "utf8");
      const blocks = [...text.matchAll(/^```(\w+)\n([\s\S]*?)^```$/gm)];
      const [[, extension = "", before = ""] = [], [, , after = ""] = []] = blocks;
      if (blocks.length !== 2) throw new Error(`${file} has ${blocks.length} blocks, not two.`);
      const title = /^# (.+)$/m.exec(text)?.[1] ?? file;
      const compiles = extension === "ts" && !title.includes("not type-checked");
      return { name: file.replace(/\.md$/, ""), title, extension, before, after, compiles };
    });
}
