import { AuthenticationRequiredError } from "@entrada/core/credential";
import type { AuthenticationResult, NativeRequest } from "./native-broker-plugin.ts";

/**
 * Makes a result that only one caller can take.
 *
 * msal-node 7 lets equal silent requests share one answer, and tells two accounts apart by `nativeAccountId` alone. Of
 * two accounts without one, the second would get the first one's token. Each caller of msal-node gets a copy of the
 * shared result, the one whose account was looked up first: the second copy finds no token but "a person must act".
 *
 * Other versions share nothing and hand the result itself to the caller, who may read it as often as they like.
 */
export function oneCallerResult(
  result: AuthenticationResult,
  request: NativeRequest,
  refused: (error: AuthenticationRequiredError) => Error,
): AuthenticationResult {
  if (!sharesAnswers(request)) return result;
  const { accessToken, ...rest } = result;
  let taken = false;
  return Object.defineProperty({ ...rest } as AuthenticationResult, "accessToken", {
    enumerable: true,
    get() {
      if (taken) throw refused(otherCaller(request));
      taken = true;
      return accessToken;
    },
  });
}

// msal-node names itself and its version in this parameter, as "msal.js.node|7.2.3,…". Without it, nobody is between.
function sharesAnswers({ extraParameters }: NativeRequest): boolean {
  const skus = extraParameters?.["x-client-xtra-sku"];
  if (skus === undefined) return false;
  const major = /msal\.js\.node[|,](\d+)\./.exec(skus)?.[1];
  return major === undefined || Number(major) >= 7;
}

function otherCaller({ scopes, claims, correlationId }: NativeRequest): AuthenticationRequiredError {
  return new AuthenticationRequiredError({
    what: "Another call got this answer, and without nativeAccountId their accounts cannot be told apart",
    remedy: "Use the accounts of getAllAccounts() and of earlier results, which have one, or call again",
    detail: "account_without_native_id",
    scopes,
    claims,
    correlationId,
  });
}
