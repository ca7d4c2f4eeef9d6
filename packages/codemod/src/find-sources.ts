import { readdir, stat } from "node:fs/promises";
import { join, resolve } from "node:path";

const SOURCE = /\.[cm]?[jt]sx?$/;
const DECLARATION = /\.d\.[cm]?ts$/;
const NOT_WRITTEN_BY_HAND: ReadonlySet<string> = new Set([
  "node_modules",
  "dist",
  "build",
  "out",
  "coverage",
]);

/** The source files among `paths` and below them, sorted; without what is hidden, built or installed. */
export async function findSources(paths: readonly string[]): Promise<readonly string[]> {
  const found = await Promise.all(paths.map((path) => sourcesAt(resolve(path))));
  return [...new Set(found.flat())].toSorted();
}

async function sourcesAt(path: string): Promise<readonly string[]> {
  if ((await stat(path)).isFile()) return isSource(path) ? [path] : [];
  const entries = await readdir(path, { withFileTypes: true });
  const found = await Promise.all(
    entries
      .filter(({ name }) => !name.startsWith(".") && !NOT_WRITTEN_BY_HAND.has(name))
      .map(async (entry) => {
        const inner = join(path, entry.name);
        if (entry.isDirectory()) return sourcesAt(inner);
        return entry.isFile() && isSource(inner) ? [inner] : [];
      }),
  );
  return found.flat();
}

function isSource(path: string): boolean {
  return SOURCE.test(path) && !DECLARATION.test(path);
}
