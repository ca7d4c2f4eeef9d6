import { AuthenticationError } from "../errors/authentication-error.ts";

/** What it means that an access saves that began before a `clear`: see `TokenCacheStore`. */
export function clearedMeanwhile(): AuthenticationError {
  return new AuthenticationError({
    code: "cache",
    what: "The token cache was cleared while this was to be saved in it",
    remedy: "Try again",
    detail: "cache_locked",
    retryable: true,
  });
}
