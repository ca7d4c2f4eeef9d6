import type { KnownAccount } from "../contract/known-account.ts";
import { firstText, type BrokerAnswer } from "../contract/broker-answer.ts";
import { homeTenantOf } from "../contract/home-tenant-of.ts";
import { encodeNativeAccountId } from "./native-account-id.ts";
import type { AccountInfo, AuthenticationResult, NativeRequest } from "./native-broker-plugin.ts";

/** An answer in msal-node's form. */
export function authenticationResult(answer: BrokerAnswer, request: NativeRequest): AuthenticationResult {
  const { idTokenClaims: claims = {}, tenantId, grantedScopes } = answer;
  const { authority, correlationId, resource } = request;
  return {
    authority,
    uniqueId: firstText(claims["oid"], claims["sub"]) ?? objectIdOf(answer.homeAccountId),
    tenantId,
    scopes: [...grantedScopes],
    account: accountOfAnswer(answer, request),
    idToken: answer.idToken ?? "",
    idTokenClaims: claims,
    accessToken: answer.token,
    // WAM does not say.
    fromCache: false,
    expiresOn: new Date(answer.expiresOnTimestamp),
    tokenType: "Bearer",
    correlationId,
    fromPlatformBroker: true,
    ...(resource === undefined ? {} : { resource }),
  };
}

/** An account that Windows lists, in msal-node's form; undefined when Windows does not say whose it is. */
export function accountOfListed(account: KnownAccount): AccountInfo | undefined {
  const { kind, id, home, displayName: name } = account;
  if (!home) return undefined;
  const { homeAccountId } = home;
  return {
    homeAccountId,
    environment: hostOf(account.authority) ?? DEFAULT_ENVIRONMENT,
    tenantId: account.tenantId ?? homeTenantOf(homeAccountId),
    username: account.username ?? "",
    localAccountId: account.objectId ?? objectIdOf(homeAccountId),
    ...(name === undefined ? {} : { name }),
    nativeAccountId: encodeNativeAccountId({ kind, homeAccountId, webAccountId: id }),
  };
}

// Windows names the authority of work accounts.
const DEFAULT_ENVIRONMENT = "login.microsoftonline.com";

function accountOfAnswer(answer: BrokerAnswer, { authority }: NativeRequest): AccountInfo {
  const { homeAccountId, idTokenClaims: claims, kind, tenantId, username, webAccountId } = answer;
  const name = firstText(claims?.["name"]);
  return {
    homeAccountId,
    environment: hostOf(authority) ?? "",
    tenantId,
    username,
    localAccountId: firstText(claims?.["oid"], claims?.["sub"]) ?? objectIdOf(homeAccountId),
    ...(name === undefined ? {} : { name }),
    ...(claims === undefined ? {} : { idTokenClaims: claims }),
    nativeAccountId: encodeNativeAccountId({ kind, homeAccountId, webAccountId }),
  };
}

function hostOf(authority: string | undefined): string | undefined {
  return authority !== undefined && URL.canParse(authority) ? new URL(authority).host : undefined;
}

function objectIdOf(homeAccountId: string): string {
  return homeAccountId.slice(0, homeAccountId.indexOf("."));
}
