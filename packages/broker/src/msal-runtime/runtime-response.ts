import { WamAccountState, type WamAccount, type WamAccountKind, type WamResponse } from "@entrada/wam";
import { kindOfAccount } from "../contract/account-kind.ts";
import type { RuntimeAccount, RuntimeTokenResult } from "./msal-runtime.ts";

const SECONDS_FROM_1601_TO_1970 = 11_644_473_600;

/** A token of the runtime in the form that WAM's plugin for the kind of account has. */
export function runtimeResponse(result: RuntimeTokenResult, asked: WamAccountKind, now: number): WamResponse {
  const { account, accessToken, expiresOn, grantedScopes, rawIdToken } = result;
  const described = { account: runtimeAccount(account) };
  if (asked === "consumers") {
    const pairs = {
      access_token: accessToken,
      token_type: "bearer",
      scope: grantedScopes,
      expires_in: String(Math.max(0, Math.floor(expiresOn - now / 1000))),
      id_token: rawIdToken,
      client_info: clientInfoOf(account),
    };
    const token = Object.entries(pairs)
      .map(([name, value]) => `${name}=${encodeURIComponent(value)}`)
      .join("&");
    return { token, properties: {}, ...described };
  }
  return {
    token: accessToken,
    properties: {
      TokenExpiresOn: String(Math.floor(expiresOn) + SECONDS_FROM_1601_TO_1970),
      wamcompat_id_token: rawIdToken,
      wamcompat_client_info: clientInfoOf(account),
      wamcompat_scopes: grantedScopes,
    },
    ...described,
  };
}

/** An account of the runtime as WAM would describe it. */
export function runtimeAccount(account: RuntimeAccount): WamAccount {
  const { accountId, displayName, environment, homeAccountId, localAccountId, realm, username } = account;
  const [homeOid = "", homeTenantId = ""] = homeAccountId.split(".");
  return {
    id: accountId,
    userName: username,
    state: WamAccountState.connected,
    properties: {
      OID: localAccountId,
      TenantId: realm,
      HomeOID: homeOid,
      HomeTenantId: homeTenantId,
      Authority: `https://${environment}/${realm}`,
      UPN: username,
      DisplayName: displayName,
    },
  };
}

/** Whether an account is of the kind that WAM's provider has. */
export function isOfKind({ homeAccountId }: RuntimeAccount, kind: WamAccountKind): boolean {
  return kindOfAccount(homeAccountId) === kind;
}

function clientInfoOf({ clientInfo, homeAccountId }: RuntimeAccount): string {
  if (/^[\w-]+={0,2}$/.test(clientInfo)) return clientInfo;
  const [uid, utid] = homeAccountId.split(".");
  return Buffer.from(JSON.stringify({ uid, utid })).toString("base64url");
}
