import { AuthenticationError, isAuthenticationError } from "@entrada/core/credential";

/** What is wrong with the cache: the `detail` of an `AuthenticationError` whose code is "cache". */
export type CacheFault =
  | "cache_locked"
  | "cache_corrupt"
  | "cache_unreadable"
  | "cache_unwritable"
  | "cache_no_encryption"
  | "cache_not_regular"
  | "cache_version";

/** `what` and `remedy` are sentences without a final stop; neither may quote anything the cache holds. */
export function cacheError(
  detail: CacheFault,
  what: string,
  remedy: string,
  cause?: unknown,
): AuthenticationError {
  return new AuthenticationError({
    code: "cache",
    detail,
    what,
    remedy,
    cause,
    retryable: detail === "cache_locked",
  });
}

export function isCacheError(error: unknown, detail?: CacheFault): error is AuthenticationError {
  return (
    isAuthenticationError(error) &&
    error.code === "cache" &&
    (detail === undefined || error.detail === detail)
  );
}

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

/** The code of an error of the operating system, such as "ENOENT". */
export function systemCode(error: unknown): string | undefined {
  const code = (error as { code?: unknown } | null | undefined)?.code;
  return typeof code === "string" ? code : undefined;
}
