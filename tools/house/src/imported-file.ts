import { dirname, join } from "node:path/posix";

/**
 * The file that a relative import means.
 * @param name as it is written: `../flow/flow.ts`, also where the file that is built of it is named
 * @returns none where it is not among those files
 */
export function importedFile(files: ReadonlySet<string>, importer: string, name: string): string | undefined {
  if (!name.startsWith(".")) return undefined;
  const path = join(dirname(importer), name);
  return [path, path.replace(/\.([cm]?)js$/, ".$1ts")].find((candidate) => files.has(candidate));
}
