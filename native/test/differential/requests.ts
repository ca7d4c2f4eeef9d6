import type { WamRequest, WamTransport } from "../../src/index.ts";
import type { MeantDifference } from "./comparison-case.ts";
import { clientId, correlationId, scope } from "./directory.ts";

/** A work or school request, as WAM documents it for v2 scopes. */
export const entra = {
  mode: "silent",
  clientId,
  correlationId,
  scope: `${scope} offline_access openid profile`,
  properties: { wam_compat: "2.0", return_account_on_failure: "true" },
} as const satisfies Partial<WamRequest>;

/** A personal account's request. */
export const personal = {
  mode: "window",
  clientId,
  correlationId,
  providerAuthority: "consumers",
  scope: `${scope} openid profile`,
  properties: { "api-version": "2.0", oauth2_batch: "1", "x-client-info": "1" },
} as const satisfies Partial<WamRequest>;

/** Each operation of the addon stands alone: COM objects of an earlier one are never kept for it. */
export const ownProvider: MeantDifference = {
  call: "FindAccountProviderWithAuthorityAsync",
  occurrence: 2,
  reason: "the request looks up its own provider, as every operation does",
};

export const ownAccount: MeantDifference = {
  call: "FindAccountAsync",
  occurrence: 1,
  reason: "the request looks up its own account by its id, instead of keeping the object of the list",
};

export async function list(wam: WamTransport, providerAuthority: string): Promise<void> {
  await wam.listAccounts({ operationId: 100, providerAuthority, clientId });
}
