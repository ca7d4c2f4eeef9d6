/** Where one cache lies, and what its item in the keyring is called. */
export interface CachePath {
  /** Absolute. */
  readonly directory: string;
  readonly fileName: string;
  readonly file: string;
  readonly keyAccount: string;
  /** Where what is being saved and what was damaged lie; absent: beside the file. */
  readonly asideDirectory?: string;
  /** What its lock is called; absent: as the file. */
  readonly lockName?: string;
}

const { hash } = process.getBuiltinModule("node:crypto");
const { join, resolve } = process.getBuiltinModule("node:path");

/** Systems whose file names differ only by more than their case. */
const FOLDS_CASE: ReadonlySet<NodeJS.Platform> = new Set(["win32", "darwin"]);

/** A cache in a folder of its own has a key of its own. */
export function cachePath(
  name: string,
  chosen: string | undefined,
  defaultDirectory: () => string,
): CachePath {
  const directory = resolve(chosen ?? defaultDirectory());
  const foldedName = FOLDS_CASE.has(process.platform) ? name.toLowerCase() : name;
  const fileName = `${foldedName}.cache`;
  const place = hash("sha256", directory, "hex").slice(0, 16);
  return {
    directory,
    fileName,
    file: join(directory, fileName),
    keyAccount: chosen === undefined ? foldedName : `${foldedName}@${place}`,
  };
}
