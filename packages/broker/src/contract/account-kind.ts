import type { WamAccountKind } from "@entrada/wam";

/** The tenant of all personal Microsoft accounts (Microsoft Entra: "Access token claims reference", `tid`). */
export const PERSONAL_TENANT_ID = "9188040d-6c67-4c5b-b112-36a304b66dad";

/** The kind of account that a tenant has; undefined for "common", which has both. */
export function kindOfTenant(tenantId: string): WamAccountKind | undefined {
  const tenant = tenantId.toLowerCase();
  if (tenant === "common") return undefined;
  return tenant === "consumers" || tenant === PERSONAL_TENANT_ID ? "consumers" : "organizations";
}

/** The kind under which a tenant has an account: as a guest of a work tenant, a personal one is Entra's. */
export function kindOfAccountIn(tenantId: string, homeAccountId: string): WamAccountKind {
  const isForMany = ["common", "organizations", "consumers"].includes(tenantId.toLowerCase());
  return isForMany ? kindOfAccount(homeAccountId) : (kindOfTenant(tenantId) ?? "organizations");
}

/** The kind of an account, by its home tenant. */
export function kindOfAccount(homeAccountId: string): WamAccountKind {
  return homeAccountId.toLowerCase().endsWith(`.${PERSONAL_TENANT_ID}`) ? "consumers" : "organizations";
}
