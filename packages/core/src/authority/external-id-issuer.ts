import { EXTERNAL_ID_DOMAIN } from "./external-id.ts";
import { isGuid } from "./tenant-form.ts";

/**
 * The tenant that an issuer of External ID names, by whichever host the tenant was asked: its tokens are issued by
 * `https://TENANT-ID.ciamlogin.com/TENANT-ID/v2.0`. `undefined` for any other text.
 */
export function externalIdIssuerTenant(issuer: string): string | undefined {
  const tenant = issuer.slice("https://".length, issuer.indexOf("."));
  if (!isGuid(tenant)) return undefined;
  return issuer === `https://${tenant}${EXTERNAL_ID_DOMAIN}/${tenant}/v2.0`
    ? tenant.toLowerCase()
    : undefined;
}
