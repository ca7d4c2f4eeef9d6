import { readdirSync } from "node:fs";
import { join } from "node:path";

/** The changesets that wait in a copy of this repository: the names of their files. */
export function changesetsIn(root: string): readonly string[] {
  return readdirSync(join(root, ".changeset")).filter((file) => file.endsWith(".md") && file !== "README.md");
}
