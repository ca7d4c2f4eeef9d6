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

/** What helps where the path of a file leads through one that is no folder. */
export const NO_FOLDER =
  "A part of its path is no folder: move that away, or choose another `directory` or `name`";

/** The code of an error of the operating system, such as "ENOENT". */
export function systemCode(error: unknown): string | undefined {
  const code = (error as { code?: unknown } | null | undefined)?.code;
  return typeof code === "string" ? code : undefined;
}
