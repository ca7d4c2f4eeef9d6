import { createHash } from "node:crypto";
import { policyChallenge } from "./claims-request.ts";
import type { Directory } from "./directory.ts";
import type { EmulatorAccount, EmulatorPolicy, EmulatorResource, EmulatorTenant } from "./directory-types.ts";
import type { EmulatorState } from "./emulator-state.ts";
import { aadsts, type EntraError } from "./entra-error.ts";
import type { SignInSession } from "./grants.ts";

/** @throws EntraError AADSTS65001 */
export function requireConsent(
  account: EmulatorAccount,
  clientId: string,
  resource: EmulatorResource,
  state: EmulatorState,
): void {
  if (needsConsent(account, clientId, resource, state))
    throw aadsts(65001, {
      clientId,
      name: state.directory.registration(clientId)?.name ?? "",
      resource: resource.name,
    });
}

/** Whether this person has yet to consent to this application's use of this resource. */
export function needsConsent(
  account: EmulatorAccount,
  clientId: string,
  resource: EmulatorResource,
  state: EmulatorState,
): boolean {
  return (
    state.directory.registration(clientId)?.consent === "required" &&
    !state.grants.hasConsent(account, clientId, resource.appId)
  );
}

/**
 * The tenant's Conditional Access, for a token about to be issued.
 * @throws EntraError AADSTS50076, AADSTS53000, AADSTS530003, AADSTS53003
 */
export function requirePolicies(
  session: SignInSession,
  tenant: EmulatorTenant,
  resource: EmulatorResource,
  directory: Directory,
): void {
  for (const policy of directory.policies(tenant.id, session.account, resource)) {
    if (policy.flow !== undefined && policy.flow !== session.flow) continue;
    const refusal = refusalOf(policy, session, resource);
    if (refusal) throw refusal;
  }
}

/** Whether a sign-in for this resource has to include a second factor. */
export function needsSecondFactor(
  { account, flow }: Pick<SignInSession, "account" | "flow">,
  tenant: EmulatorTenant,
  resource: EmulatorResource,
  directory: Directory,
): boolean {
  return directory
    .policies(tenant.id, account, resource)
    .some((policy) => policy.require === "mfa" && (policy.flow === undefined || policy.flow === flow));
}

function refusalOf(
  policy: EmulatorPolicy,
  session: SignInSession,
  resource: EmulatorResource,
): EntraError | undefined {
  const claims = policyChallenge(
    createHash("sha256").update(JSON.stringify(policy)).digest("hex").slice(0, 32),
  );
  switch (policy.require) {
    case "mfa":
      return session.methods.includes("mfa")
        ? undefined
        : aadsts(50076, { resource: resource.uri }, { claims });
    case "compliantDevice":
      return aadsts(53000, {}, { claims });
    case "managedDevice":
      return aadsts(530003, {}, { claims });
    case "block":
      return aadsts(53003, {}, { claims });
    default:
      return policy.require satisfies never;
  }
}
