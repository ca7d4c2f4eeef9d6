import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";

const SOURCE = /\.[cm]?[jt]s$/;
const NO_SOURCE = /\.test\.[cm]?[jt]s$|\.d\.[cm]?ts$/;
const NOT_OURS: ReadonlySet<string> = new Set(["node_modules", "dist", "coverage"]);

/** The source files in a folder and below it, without tests and declarations: paths as seen from the root. */
export function sourceFiles(root: string, folder: string): readonly string[] {
  if (!existsSync(join(root, folder))) return [];
  return readdirSync(join(root, folder), { withFileTypes: true })
    .flatMap((entry) => {
      const path = `${folder}/${entry.name}`;
      if (!entry.isDirectory()) return SOURCE.test(path) && !NO_SOURCE.test(path) ? [path] : [];
      return NOT_OURS.has(entry.name) || entry.name === ".cache" ? [] : sourceFiles(root, path);
    })
    .toSorted();
}
