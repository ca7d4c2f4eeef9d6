import type { WamResponse } from "@entrada/wam";
import { PERSONAL_TENANT_ID } from "../contract/account-kind.ts";
import {
  checkedToken,
  firstText,
  grantedScopesOf,
  type BrokerAnswer,
  type BrokerAnswerWarning,
} from "../contract/broker-answer.ts";
import { usernameOf, type AnsweredRequest } from "./entra-answer.ts";
import { homeAccountIdOf, idTokenClaims } from "../contract/id-token-claims.ts";
import { unacceptable } from "../contract/unacceptable-answer.ts";

/**
 * Reads an answer for a personal account: its "token" is a list of `name=value` pairs, percent-encoded, joined by "&".
 * @throws AuthenticationError `invalid_response`, detail "broker_invalid_response"
 */
export function msaAnswer(response: WamResponse, { ask, now, switched }: AnsweredRequest): BrokerAnswer {
  const pairs = pairsOf(response.token);
  const homeAccountId = homeAccountIdOf(pairs.get("client_info"));
  const idToken = pairs.get("id_token");
  const claims = idToken === undefined ? undefined : idTokenClaims(idToken, ask.clientId);
  const tokenType = pairs.get("token_type") ?? "bearer";
  if (tokenType.toLowerCase() !== "bearer") throw unacceptable("token_type");
  const lifetime = lifetimeOf(pairs.get("expires_in"));
  const { grantedScopes, warnings } = grantedScopesOf(pairs.get("scope"), ask.scopes);
  const { account } = response;
  return {
    kind: "consumers",
    token: checkedToken(pairs.get("access_token")),
    expiresOnTimestamp: now + lifetime.inMs,
    homeAccountId,
    tenantId: firstText(claims?.["tid"]) ?? PERSONAL_TENANT_ID,
    tenantIsTold: true,
    username: usernameOf(claims, account) ?? homeAccountId,
    grantedScopes,
    idToken,
    idTokenClaims: claims,
    webAccountId: account?.id,
    switched,
    warnings: [...lifetime.warnings, ...warnings],
  };
}

/**
 * The pairs of a personal account's answer.
 * @throws AuthenticationError `invalid_response` for anything else
 */
export function pairsOf(text: string): ReadonlyMap<string, string> {
  const pairs = new Map<string, string>();
  for (const pair of text.split("&").filter(Boolean)) {
    const at = pair.indexOf("=");
    if (at < 1) throw unacceptable("the list of a personal account's answer");
    pairs.set(decoded(pair.slice(0, at)), decoded(pair.slice(at + 1)));
  }
  return pairs;
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    throw unacceptable("the percent-encoding of a personal account's answer");
  }
}

function lifetimeOf(text: string | undefined): {
  readonly inMs: number;
  readonly warnings: readonly BrokerAnswerWarning[];
} {
  if (text === undefined || /^0{1,8}$/.test(text)) {
    const message = "Windows did not say how long the token lives; it is used for this call only";
    return { inMs: 0, warnings: [{ code: "expires_on_missing", message }] };
  }
  if (!/^\d{1,8}$/.test(text)) throw unacceptable("expires_in");
  return { inMs: Number(text) * 1000, warnings: [] };
}
