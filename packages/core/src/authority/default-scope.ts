import { PUBLIC_CLOUD, cloudOf } from "./authority-hosts.ts";
import { externalIdTenantOf } from "./external-id.ts";

/**
 * What a sign-in is for where its caller names nothing: Azure Resource Manager of the host's cloud, the public one for
 * private hosts; and only who the person is where no subscription can be: customers of External ID, and AD FS.
 */
export function defaultScopeOf({ authorityHost, tenantId }: Authority): string {
  if (tenantId === "adfs" || externalIdTenantOf(authorityHost) !== undefined) return "openid";
  return (cloudOf(authorityHost) ?? PUBLIC_CLOUD).armScope;
}

interface Authority {
  readonly authorityHost: string;
  readonly tenantId: string;
}
