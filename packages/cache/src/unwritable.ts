import { cacheError, isCacheError, NO_FOLDER, systemCode } from "./cache-error.ts";

const SPACE = "Free some space on its disk";
const RIGHTS = "Make its folder writable for this user, or choose another `directory`";
const FILES = "Too many files are open: raise the limit, or close some";
/** What helps, by the system's code. What is not here is not guessed at. */
const REMEDIES: Readonly<Record<string, string>> = Object.assign(Object.create(null), {
  ENOSPC: SPACE,
  EDQUOT: SPACE,
  EFBIG: SPACE,
  EACCES: RIGHTS,
  EPERM: RIGHTS,
  EROFS: RIGHTS,
  ENOTDIR: NO_FOLDER,
  EMFILE: FILES,
  ENFILE: FILES,
  EIO: "Its disk reports a fault: check it, or choose another `directory`",
});

/** What it means that the system refused a save. A fault of ours stays what it is. */
export function unwritable(cause: unknown): Error {
  if (isCacheError(cause)) return cause;
  const code = systemCode(cause);
  return cacheError(
    "cache_unwritable",
    `The token cache could not be saved${code ? ` (${code})` : ""}`,
    (code !== undefined && REMEDIES[code]) || "The error's `cause` says why; or choose another `directory`",
    cause,
  );
}
