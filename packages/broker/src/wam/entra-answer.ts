import type { WamAccount, WamResponse } from "@entrada/wam";
import {
  checkedToken,
  firstText,
  grantedScopesOf,
  type BrokerAnswer,
  type BrokerAnswerWarning,
} from "../contract/broker-answer.ts";
import { homeTenantOf } from "../contract/home-tenant-of.ts";
import { homeAccountIdOf, idTokenClaims, type IdTokenClaims } from "../contract/id-token-claims.ts";
import { isTenantId, tenantOfAccessToken, tenantOfAuthority } from "../contract/issuing-tenant.ts";
import type { TokenAsk } from "../contract/token-ask.ts";
import { homeIdOfWebAccount, nameOfWebAccount } from "./web-account.ts";
import { unacceptable } from "../contract/unacceptable-answer.ts";

export interface AnsweredRequest {
  readonly ask: TokenAsk;
  /** Our wall clock, in ms since 1970. */
  readonly now: number;
  readonly switched: boolean;
}

/**
 * Reads an answer for a work or school account, in the form that the property `wam_compat` asks for.
 * @throws AuthenticationError `invalid_response`, detail "broker_invalid_response"
 */
export function entraAnswer(response: WamResponse, { ask, now, switched }: AnsweredRequest): BrokerAnswer {
  const { token, properties, account } = response;
  const idToken = firstProperty(properties["wamcompat_id_token"]);
  const claims = idToken === undefined ? undefined : idTokenClaims(idToken, ask.clientId);
  const homeAccountId = homeAccount(properties, account);
  const expiry = expiryOf(properties["TokenExpiresOn"], now);
  const { grantedScopes, warnings } = grantedScopesOf(properties["wamcompat_scopes"], ask.scopes);
  return {
    kind: "organizations",
    token: checkedToken(token),
    expiresOnTimestamp: expiry.at,
    homeAccountId,
    ...tenantOf(response, claims, { ask, homeAccountId }),
    username: usernameOf(claims, account) ?? homeAccountId,
    grantedScopes,
    idToken,
    idTokenClaims: claims,
    webAccountId: account?.id,
    switched,
    warnings: [...expiry.warnings, ...warnings],
  };
}

/** The name to show for an account, the ID token's first. */
export function usernameOf(
  claims: IdTokenClaims | undefined,
  account: WamAccount | undefined,
): string | undefined {
  return firstText(
    claims?.["preferred_username"],
    claims?.["upn"],
    claims?.["email"],
    nameOfWebAccount(account),
  );
}

const SECONDS_FROM_1601_TO_1970 = 11_644_473_600;
const LONGEST_LIFETIME_IN_MS = 1e11;

/** `TokenExpiresOn` counts seconds since 1601-01-01 UTC. */
function expiryOf(
  text: string | undefined,
  now: number,
): { readonly at: number; readonly warnings: readonly BrokerAnswerWarning[] } {
  const seconds = text !== undefined && /^\d{1,15}$/.test(text) ? Number(text) : 0;
  if (seconds === 0) {
    // As Microsoft's own client does: the token is used once and asked for again.
    const message = "Windows did not say how long the token lives; it is used for this call only";
    return { at: now, warnings: [{ code: "expires_on_missing", message }] };
  }
  const at = (seconds - SECONDS_FROM_1601_TO_1970) * 1000;
  if (at > now + LONGEST_LIFETIME_IN_MS || at < 0) throw unacceptable("TokenExpiresOn");
  return { at, warnings: [] };
}

// Without client_info only the account's own words for its home are good enough: a guest has two ids.
function homeAccount(properties: WamResponse["properties"], account: WamAccount | undefined): string {
  const clientInfo = firstProperty(properties["wamcompat_client_info"]);
  if (clientInfo !== undefined) return homeAccountIdOf(clientInfo);
  const home = account && homeIdOfWebAccount(account);
  if (!home?.certain) throw unacceptable("client_info");
  return home.homeAccountId;
}

/**
 * The tenant that issued the token. Where nothing in the answer says so it is the one that was asked for: unknown is not
 * another, and a guest's account names its home.
 */
function tenantOf(
  { token, properties, account }: WamResponse,
  claims: IdTokenClaims | undefined,
  { ask: { tenantId: asked }, homeAccountId }: { readonly ask: TokenAsk; readonly homeAccountId: string },
): Pick<BrokerAnswer, "tenantId" | "tenantIsTold"> {
  const told = firstText(
    claims?.["tid"],
    tenantOfAccessToken(token),
    tenantOfAuthority(properties["Authority"]),
  );
  if (told !== undefined) return { tenantId: told, tenantIsTold: true };
  const likely = firstText(isTenantId(asked) ? asked : undefined, account?.properties["TenantId"]);
  return { tenantId: likely ?? homeTenantOf(homeAccountId), tenantIsTold: false };
}

function firstProperty(value: string | undefined): string | undefined {
  return value === "" ? undefined : value;
}
