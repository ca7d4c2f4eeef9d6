import type { CachePath } from "./cache-path.ts";

const { join } = process.getBuiltinModule("node:path");

/** Where the records of one cache lie. */
export interface FolderPath {
  readonly directory: string;
  /** What is being saved, what was damaged, and on some systems the locks' files. */
  readonly asideDirectory: string;
  /** The file in which an earlier version kept all. */
  readonly before: string;
  readonly head: CachePath;
  readonly index: string;
  /** The data key, wrapped, where no keyring keeps it. */
  readonly key: string;
  record(name: string): CachePath;
}

// Where locks are files, one for each account would double their number. So many are never all in use at once.
const LOCK_DIGITS = 3;

export function folderPath({ file, keyAccount }: CachePath): FolderPath {
  const directory = file.replace(/\.cache$/, ".accounts");
  const asideDirectory = join(directory, "aside");
  const within = (fileName: string, lockName: string): CachePath => ({
    directory,
    asideDirectory,
    fileName,
    file: join(directory, fileName),
    keyAccount,
    lockName,
  });
  const hasLockFiles = process.platform !== "linux" && process.platform !== "android";
  return {
    directory,
    asideDirectory,
    before: file,
    index: join(directory, "index"),
    key: join(directory, "key"),
    head: within("head", hasLockFiles ? join("aside", "head") : "head"),
    record: (name) => within(name, hasLockFiles ? join("aside", name.slice(0, LOCK_DIGITS)) : name),
  };
}
