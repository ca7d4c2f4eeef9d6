import { AuthenticationError } from "../errors/authentication-error.ts";

/** What cannot be read as what it should be. Quotes nothing of it: there may be tokens in it. */
export function damaged(what = "The token cache", remedy = "It is started anew"): AuthenticationError {
  return new AuthenticationError({
    code: "cache",
    what: `${what} is damaged`,
    remedy: `${remedy}: sign in again`,
    detail: "cache_corrupt",
  });
}

/** What a later version has written, which this one leaves alone. */
export function ofNewerVersion(): AuthenticationError {
  return new AuthenticationError({
    code: "cache",
    what: "The token cache was written by a newer version of Entrada",
    remedy: "Update the @entrada packages, or use another cache name",
    detail: "cache_version",
  });
}
