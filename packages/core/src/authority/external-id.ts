import { isGuid } from "./tenant-form.ts";

export const EXTERNAL_ID_DOMAIN = ".ciamlogin.com";

/**
 * The tenant that a host of Microsoft Entra External ID stands for: `contoso.ciamlogin.com` is the tenant
 * "contoso.onmicrosoft.com", and a host that begins with a tenant's id is that tenant. `undefined` for any other host,
 * a tenant's own domain included: nothing in its name tells.
 */
export function externalIdTenantOf(authorityHost: string): string | undefined {
  const { host } = new URL(authorityHost);
  if (!host.endsWith(EXTERNAL_ID_DOMAIN)) return undefined;
  const name = host.slice(0, -EXTERNAL_ID_DOMAIN.length);
  if (name === "" || name.includes(".")) return undefined;
  return isGuid(name) ? name : `${name}.onmicrosoft.com`;
}
