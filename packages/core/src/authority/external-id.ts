import { isGuid } from "./tenant-form.ts";

const DOMAIN = ".ciamlogin.com";

/**
 * The tenant that a host of Microsoft Entra External ID stands for: `contoso.ciamlogin.com` is the tenant
 * "contoso.onmicrosoft.com", and a host that begins with a tenant's id is that tenant. `undefined` for any other host,
 * a tenant's own domain included: nothing in its name tells.
 */
export function externalIdTenantOf(authorityHost: string): string | undefined {
  const { host } = new URL(authorityHost);
  if (!host.endsWith(DOMAIN)) return undefined;
  const name = host.slice(0, -DOMAIN.length);
  if (name === "" || name.includes(".")) return undefined;
  return isGuid(name) ? name : `${name}.onmicrosoft.com`;
}

/**
 * The tenant that an issuer of External ID names, by whichever host the tenant was asked: its tokens are issued by
 * `https://TENANT-ID.ciamlogin.com/TENANT-ID/v2.0`. `undefined` for any other text.
 */
export function externalIdIssuerTenant(issuer: string): string | undefined {
  const tenant = issuer.slice("https://".length, issuer.indexOf("."));
  if (!isGuid(tenant)) return undefined;
  return issuer === `https://${tenant}${DOMAIN}/${tenant}/v2.0` ? tenant.toLowerCase() : undefined;
}
