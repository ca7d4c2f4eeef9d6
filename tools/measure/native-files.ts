import { closeSync, openSync, readdirSync, readSync } from "node:fs";
import { join, relative } from "node:path";

/** Whose native code a file is, by how it begins. */
export type NativeOf = "linux" | "darwin" | "win32";

/** A file of native code among what was installed. */
export interface NativeFile {
  /** As seen from the folder that was looked through. */
  readonly file: string;
  readonly of: NativeOf;
}

/** By the first four bytes: ELF, and Mach-O in both orders of bytes, of 32 and 64 bits, and for several processors. */
const BY_FOUR: ReadonlyMap<string, NativeOf> = new Map([
  ["7f454c46", "linux"],
  ...["feedface", "feedfacf", "cefaedfe", "cffaedfe", "cafebabe"].map((start) => [start, "darwin"] as const),
]);
/** "MZ", with which programs and libraries of Windows begin. */
const WINDOWS = "4d5a";

/** Every file of native code below a folder, whatever it is called. Links are not followed. */
export function nativeFiles(folder: string): readonly NativeFile[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .flatMap(({ parentPath, name }) => {
      const path = join(parentPath, name);
      const start = startOf(path);
      const of = BY_FOUR.get(start) ?? (start.startsWith(WINDOWS) ? "win32" : undefined);
      return of === undefined ? [] : [{ file: relative(folder, path), of }];
    })
    .toSorted((one, other) => one.file.localeCompare(other.file));
}

function startOf(path: string): string {
  const descriptor = openSync(path, "r");
  try {
    const bytes = Buffer.alloc(4);
    return bytes.toString("hex", 0, readSync(descriptor, bytes, 0, bytes.length, 0));
  } finally {
    closeSync(descriptor);
  }
}
