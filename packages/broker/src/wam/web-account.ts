import type { WamAccount, WamAccountKind } from "@entrada/wam";
import { PERSONAL_TENANT_ID } from "../contract/account-kind.ts";
import { firstText } from "../contract/broker-answer.ts";
import { isId } from "../contract/id-token-claims.ts";
import type { AccountHome, KnownAccount } from "../contract/known-account.ts";

/** What WAM's description of an account tells. */
export function knownAccountOf(kind: WamAccountKind, account: WamAccount): KnownAccount {
  const { properties } = account;
  return {
    kind,
    id: account.id,
    home: homeIdOfWebAccount(account),
    username: nameOfWebAccount(account),
    names: [account.userName, properties["UPN"]].filter((name) => firstText(name) !== undefined) as string[],
    displayName: firstText(properties["DisplayName"]),
    tenantId: firstText(properties["TenantId"]),
    objectId: firstText(properties["OID"]),
    authority: firstText(properties["Authority"]),
  };
}

/** The name that Windows shows for an account. */
export function nameOfWebAccount(account: WamAccount | undefined): string | undefined {
  return firstText(account?.userName, account?.properties["UPN"]);
}

/** Reads the home account id from an account's properties; undefined when they do not say. */
export function homeIdOfWebAccount({ properties }: WamAccount): AccountHome | undefined {
  const { SafeCustomerId, HomeOID, HomeTenantId, OID, TenantId } = properties;
  if (SafeCustomerId !== undefined && /^[\da-f]{16}$/i.test(SafeCustomerId)) {
    const id = SafeCustomerId.toLowerCase();
    return {
      homeAccountId: `00000000-0000-0000-${id.slice(0, 4)}-${id.slice(4)}.${PERSONAL_TENANT_ID}`,
      certain: true,
    };
  }
  if (isId(HomeOID) && isId(HomeTenantId)) {
    return { homeAccountId: `${HomeOID}.${HomeTenantId}`, certain: true };
  }
  return isId(OID) && isId(TenantId) ? { homeAccountId: `${OID}.${TenantId}`, certain: false } : undefined;
}
