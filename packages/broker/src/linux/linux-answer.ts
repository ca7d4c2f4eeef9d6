import { kindOfAccount } from "../contract/account-kind.ts";
import {
  checkedToken,
  firstText,
  grantedScopesOf,
  type BrokerAnswer,
  type BrokerAnswerWarning,
} from "../contract/broker-answer.ts";
import { homeTenantOf } from "../contract/home-tenant-of.ts";
import { isId } from "../contract/id-token-claims.ts";
import { isTenantId } from "../contract/issuing-tenant.ts";
import type { TokenAsk } from "../contract/token-ask.ts";
import { unacceptable } from "../contract/unacceptable-answer.ts";
import { claimsOf, fieldOf, fieldsOf, numberOf, textOf, type JsonFields } from "./json-fields.ts";
import { isSame, readAccount, type LinuxAccount } from "./linux-account.ts";

export interface AnsweredAsk {
  readonly ask: TokenAsk;
  /** The account that was asked for. */
  readonly account?: LinuxAccount | undefined;
  /** Our wall clock, in ms since 1970. */
  readonly now: number;
}

const FIRST_MILLISECONDS = 1e12;
const LONGEST_LIFETIME_IN_MS = 1e11;

/**
 * Reads the token in an answer, in the forms of both generations.
 * @throws AuthenticationError `invalid_response`, detail "broker_invalid_response"
 */
export function linuxAnswer(token: JsonFields, { ask, account, now }: AnsweredAsk): BrokerAnswer {
  const accessToken = checkedToken(fieldOf(token, "accessToken"));
  checkTokenType(fieldOf(token, "accessTokenType"));
  const idToken = textOf(token, "idToken");
  const idClaims = claimsOf(idToken);
  const { aud } = idClaims ?? {};
  if (typeof aud === "string" && !isSame(aud, ask.clientId))
    throw unacceptable("the audience of the ID token");
  const told = readAccount(fieldsOf(fieldOf(token, "account")));
  const homeAccountId = homeOf(token, { idClaims, told, account });
  const expiry = expiryOf(token, accessToken, now);
  const { grantedScopes, warnings } = grantedScopesOf(scopesOf(fieldOf(token, "grantedScopes")), ask.scopes);
  return {
    kind: kindOfAccount(homeAccountId),
    token: accessToken,
    expiresOnTimestamp: expiry.at,
    homeAccountId,
    ...tenantOf(firstText(idClaims?.["tid"], told?.realm, claimsOf(accessToken)?.["tid"]), [
      isTenantId(ask.tenantId) ? ask.tenantId : undefined,
      account?.realm,
      homeTenantOf(homeAccountId),
    ]),
    username:
      firstText(
        idClaims?.["preferred_username"],
        idClaims?.["upn"],
        idClaims?.["email"],
        told?.username,
        account?.username,
      ) ?? homeAccountId,
    grantedScopes,
    idToken,
    idTokenClaims: idClaims,
    webAccountId: homeAccountId,
    switched: false,
    warnings: [...expiry.warnings, ...warnings],
  };
}

// 0 is Bearer, 1 proof of possession; early versions of Himmelblau wrote a word.
function checkTokenType(type: unknown): void {
  const good = type === undefined || type === null || type === 0 || type === "0";
  if (!good && !(typeof type === "string" && type.toLowerCase() === "bearer")) {
    throw unacceptable("the type of the token");
  }
}

interface Evidence {
  readonly idClaims: JsonFields | undefined;
  readonly told: LinuxAccount | undefined;
  readonly account: LinuxAccount | undefined;
}

/** Whose answer it is. What the answer itself says comes first; only when it says nothing, it is whose was asked for. */
function homeOf(token: JsonFields, { idClaims, told, account }: Evidence): string {
  const { uid, utid } = claimsOf(textOf(token, "clientInfo")) ?? {};
  if (isId(uid) && isId(utid)) return `${uid}.${utid}`;
  if (told) return told.homeAccountId;
  const { oid, tid } = idClaims ?? {};
  if (isId(oid) && isId(tid)) {
    // A guest's ids are those in this tenant: the account that was asked for has them, too.
    const isAsked = isSame(oid, account?.localAccountId) && isSame(tid, account?.realm);
    return account && isAsked ? account.homeAccountId : `${oid}.${tid}`;
  }
  if (!account) throw unacceptable("clientInfo");
  return account.homeAccountId;
}

/** Unknown is not another: where the answer names no tenant, it is the one that was asked for. */
function tenantOf(
  told: string | undefined,
  likely: readonly (string | undefined)[],
): Pick<BrokerAnswer, "tenantId" | "tenantIsTold"> {
  return { tenantId: told ?? firstText(...likely) ?? "", tenantIsTold: told !== undefined };
}

/** The token's own word counts, where it can be read; the broker's is in ms, and at Himmelblau was wrong. */
function expiryOf(
  token: JsonFields,
  accessToken: string,
  now: number,
): { readonly at: number; readonly warnings: readonly BrokerAnswerWarning[] } {
  const exp = accessToken.includes(".") ? numberOf(claimsOf(accessToken), "exp") : undefined;
  const told = fieldOf(token, "expiresOn");
  const at = exp !== undefined ? exp * 1000 : typeof told === "string" ? Number(told) : told;
  if (at === undefined || at === null || at === 0) {
    const message = "The broker did not say how long the token lives; it is used for this call only";
    return { at: now, warnings: [{ code: "expires_on_missing", message }] };
  }
  const good = typeof at === "number" && at >= FIRST_MILLISECONDS && at < now + LONGEST_LIFETIME_IN_MS;
  if (!good) throw unacceptable("expiresOn");
  return { at: Math.floor(at), warnings: [] };
}

function scopesOf(granted: unknown): string | undefined {
  if (typeof granted === "string") return granted;
  return Array.isArray(granted) ? granted.filter((scope) => typeof scope === "string").join(" ") : undefined;
}
