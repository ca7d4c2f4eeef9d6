import { AuthenticationRequiredError } from "../errors/authentication-error.ts";
import type { TokenRequest } from "../flow/flow.ts";

/** The refusal of a silent request for which nothing is kept. */
export function nobodySignedIn(request: TokenRequest): AuthenticationRequiredError {
  return new AuthenticationRequiredError({
    what: request.account ? "The account is not in the token cache" : "Nobody is signed in",
    remedy: "Call authenticate() to sign in",
    detail: request.account ? "account_not_found" : "no_account",
    scopes: request.scopes,
    claims: request.claims,
  });
}
