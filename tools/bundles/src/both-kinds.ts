import { cpSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { run } from "../../release/src/run.ts";

const NAME = "both-kinds.mjs";
const program = fileURLToPath(new URL(`../program/${NAME}`, import.meta.url));

/** Imports and requires the packages in one process. @throws Error where the two kinds do not get on with each other */
export async function bothKinds(
  folder: string,
  [node, ...args]: readonly [string, ...string[]],
): Promise<void> {
  cpSync(program, join(folder, NAME));
  await run(node, [...args, NAME], { cwd: folder });
}
