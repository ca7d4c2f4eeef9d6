import type { KnownNames } from "../errors/known-names.ts";
import { check } from "../options/check-option.ts";
import type { GetTokenOptions, TokenCredential } from "../token-credential.ts";

/** What `getBearerTokenProvider` passes on to each `getToken`. */
export type GetBearerTokenProviderOptions = Pick<
  GetTokenOptions,
  "abortSignal" | "claims" | "enableCae" | "tenantId" | "tracingOptions"
>;

const OPTIONS: KnownNames<GetBearerTokenProviderOptions> = {
  abortSignal: true,
  claims: true,
  enableCae: true,
  tenantId: true,
  tracingOptions: true,
};

/**
 * A function that gives a token that is valid now, for clients that take a function in the place of a credential. The
 * credential keeps the token and renews it: call the function for each request, and keep nothing of it.
 *
 * @throws TypeError for a credential without `getToken`, and for an option that it does not know
 * @example
 * ```ts
 * import { getBearerTokenProvider, InteractiveBrowserCredential } from "@entrada/core";
 *
 * const credential = new InteractiveBrowserCredential();
 * const scope = "https://cognitiveservices.azure.com/.default";
 * export const azureADTokenProvider = getBearerTokenProvider(credential, scope);
 * ```
 */
export function getBearerTokenProvider(
  credential: TokenCredential,
  scopes: string | string[],
  options?: GetBearerTokenProviderOptions,
): () => Promise<string> {
  check.methods("credential", credential, ["getToken"]);
  if (options !== undefined) check.names("options", options, OPTIONS);
  return async () => {
    const answer = await credential.getToken(scopes, options);
    // A chain of somebody else's credentials may say so of itself.
    if (answer === null) throw new TypeError("The credential gave no token.");
    return answer.token;
  };
}
