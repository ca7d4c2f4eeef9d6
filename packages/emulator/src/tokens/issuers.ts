import { entraIssuerOrigin } from "../directory/hosts-of-tenants.ts";
import type { EmulatorTenant } from "../directory/directory-types.ts";

/** What an issuer depends on. With Entra's words for many tenants, `{tenantid}` stands for the id. */
export type IssuingTenant = Pick<EmulatorTenant, "id" | "kind">;

/**
 * The issuer of id tokens, of version 2 access tokens and of discovery. Entra names the origin that was asked; External
 * ID its tenant, whichever of its hosts was asked; AD FS itself.
 */
export function issuerOf(origin: string, { kind = "entra", id }: IssuingTenant): string {
  switch (kind) {
    case "entra":
      return `${entraIssuerOrigin(origin)}/${id}/v2.0`;
    case "external-id":
      return `https://${id}.ciamlogin.com/${id}/v2.0`;
    case "adfs":
      return `${origin}/adfs`;
    default:
      return kind satisfies never;
  }
}

/** The issuer of version 1 access tokens. */
export function accessTokenIssuer(origin: string, tenant: IssuingTenant): string {
  if (tenant.kind === "adfs") return `${origin.replace("https:", "http:")}/adfs/services/trust`;
  if (tenant.kind === "external-id") return `https://${tenant.id}.ciamlogin.com/${tenant.id}/`;
  return `${entraIssuerOrigin(origin)}/${tenant.id}/`;
}
