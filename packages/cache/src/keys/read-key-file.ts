import { constants, type Stats } from "node:fs";
import { open, type FileHandle } from "node:fs/promises";
import { printable } from "@entrada/core/credential";
import { cacheError, systemCode } from "../cache-error.ts";
import type { WarningListener } from "../cache-warning.ts";

export interface KeyFileParts {
  readonly path: string;
  /** What it is called in a message. */
  readonly name: string;
  /** How there comes to be one. */
  readonly remedy: string;
  /** Is told if others can read it; absent: somebody else sees to that. */
  readonly warn?: WarningListener;
}

const LEAST_LENGTH = 32;
// No key is that long; who names another file by mistake is told at once.
const GREATEST_LENGTH = 1024 * 1024;
const READABLE = "Make it readable for this user";
/** What helps, by the system's code; where there is no file, it is to be made. */
const REMEDIES: Readonly<Record<string, string>> = Object.assign(Object.create(null), {
  EACCES: READABLE,
  EPERM: READABLE,
  ENOTDIR: "A part of its path is no folder: correct the path",
});
// What cannot be opened as a file: a socket; links in a circle.
const NO_FILE = new Set<string | undefined>(["ENXIO", "EISDIR", "ELOOP"]);

/** @throws AuthenticationError `cache`, `cache_no_encryption` for what is no key. */
export async function readKeyFile(parts: KeyFileParts): Promise<Uint8Array> {
  const { path, name, remedy } = parts;
  let file: FileHandle | undefined;
  let bytes: Uint8Array | undefined;
  let about: Stats | undefined;
  try {
    // A pipe that nobody writes to would keep the process from ending. Windows has neither such pipes nor the flag.
    file = await open(path, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0));
    about = await file.stat();
    // The bytes of a device or a pipe may never come, or never end.
    if (about.isFile() && about.size <= GREATEST_LENGTH) bytes = await file.readFile();
  } catch (cause) {
    const code = systemCode(cause);
    if (!NO_FILE.has(code)) throw notRead(parts, code, cause);
  } finally {
    await file?.close();
  }
  if (!about || !bytes) throw noKey(`The ${name} is no regular file of at most 1 MB`, remedy);
  if (bytes.length < LEAST_LENGTH) {
    const what = `The ${name} has ${bytes.length} ${bytes.length === 1 ? "byte" : "bytes"}: at least ${LEAST_LENGTH} random ones are needed`;
    throw noKey(what, remedy);
  }
  tellOfOthers(about, parts);
  return bytes;
}

/**
 * As of a key of ssh: this user's own is for nobody else. With one that belongs to somebody else, such as a secret that
 * a container was given, the group is how this user comes to read it.
 */
function tellOfOthers({ mode, uid }: Stats, { path, name, warn }: KeyFileParts): void {
  const user = process.geteuid?.();
  if (user === undefined) return;
  const [others, whose] = uid === user ? [0o077, "go"] : [0o007, "o"];
  if ((mode & others) === 0) return;
  warn?.({
    code: "cache_key_permissions",
    message: `Others than this user may use the ${name}, and so read the token cache: \`chmod ${whose}= '${printable(path)}'\`, or mount it with the mode 0400.`,
  });
}

function notRead({ name, remedy }: KeyFileParts, code: string | undefined, cause: unknown): Error {
  const helps = code === "ENOENT" ? remedy : code && REMEDIES[code];
  return noKey(
    `The ${name} could not be read${code ? ` (${code})` : ""}`,
    helps ?? "The error's `cause` says why; or name another file",
    cause,
  );
}

function noKey(what: string, remedy: string, cause?: unknown): Error {
  return cacheError("cache_no_encryption", what, remedy, cause);
}
