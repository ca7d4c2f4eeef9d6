import type { InteractiveRequest } from "../flow/flow.ts";
import { OPTION_DEFAULTS } from "../options/option-defaults.ts";
import { mergeClaims } from "../msal/merge-claims.ts";
import { checkedSignInUrl } from "./opening/checked-sign-in-url.ts";
import type { AuthorizationSecrets } from "./pkce.ts";

export interface AuthorizationUrlParts {
  readonly endpoint: string;
  readonly clientId: string;
  readonly redirectUri: string;
  readonly secrets: AuthorizationSecrets;
  readonly request: InteractiveRequest;
  /** "query" only where a person is to copy the answer: what is in an address stays in the browser's history. */
  readonly responseMode: "form_post" | "query";
}

/**
 * The address of the sign-in page (OpenID Connect Core section 3.1.2.1, RFC 7636 section 4.3, OAuth 2.0 Form Post
 * Response Mode; Microsoft identity platform, "OAuth 2.0 authorization code flow").
 * @throws as {@link checkedSignInUrl}: what is returned may be handed to a browser, and to a person.
 */
export function authorizationUrl({
  endpoint,
  clientId,
  redirectUri,
  secrets,
  request,
  responseMode,
}: AuthorizationUrlParts): string {
  const url = new URL(endpoint);
  const claims = mergeClaims(request.claims, request.enableCae);
  const parameters: Record<string, string | undefined> = {
    client_id: clientId,
    response_type: "code",
    response_mode: responseMode,
    redirect_uri: redirectUri,
    scope: [...new Set([...request.scopes, "openid", "profile", "offline_access"])].join(" "),
    state: secrets.state,
    nonce: secrets.nonce,
    code_challenge: secrets.codeChallenge,
    code_challenge_method: "S256",
    prompt: request.prompt ?? OPTION_DEFAULTS.prompt,
    login_hint: request.loginHint,
    claims,
    client_info: "1",
    "client-request-id": request.correlationId,
  };
  for (const [name, value] of Object.entries(parameters))
    if (value !== undefined) url.searchParams.set(name, value);
  return checkedSignInUrl(url.href);
}
