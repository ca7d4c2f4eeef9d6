import type { WamAccount } from "@entrada/wam";
import type { AccountHome } from "../contract/broker-client.ts";
import { PERSONAL_TENANT_ID } from "../contract/account-kind.ts";
import { isId } from "../contract/id-token-claims.ts";

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
