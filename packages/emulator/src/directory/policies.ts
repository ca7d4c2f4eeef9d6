import { createHash } from "node:crypto";
import { contextChallenge, policyChallenge, requestedContexts } from "../refusals/claims-request.ts";
import type { Directory } from "./directory.ts";
import type { EmulatorAccount, EmulatorPolicy, EmulatorResource, EmulatorTenant } from "./directory-types.ts";
import { aadsts, type EntraError } from "../refusals/entra-error.ts";

/** What a policy looks at in a sign-in. */
export interface SignInFacts {
  readonly account: EmulatorAccount;
  /** The authentication contexts that were asked for and satisfied: the `acrs` of its tokens. */
  readonly contexts: readonly string[];
  /** `mfa` where a second factor was given. */
  readonly methods: readonly ("pwd" | "mfa")[];
  readonly flow: "authorizationCode" | "deviceCode";
}

/** What is registered, and what people have consented to. */
export interface Consents {
  readonly directory: Directory;
  readonly grants: {
    hasConsent(account: EmulatorAccount, clientId: string, resource: string): boolean;
  };
}

/** @throws EntraError AADSTS65001 */
export function requireConsent(
  account: EmulatorAccount,
  clientId: string,
  resource: EmulatorResource,
  consents: Consents,
): void {
  if (needsConsent(account, clientId, resource, consents))
    throw aadsts(65001, {
      clientId,
      name: consents.directory.registration(clientId)?.name ?? "",
      resource: resource.name,
    });
}

/** Whether this person has yet to consent to this application's use of this resource. */
export function needsConsent(
  account: EmulatorAccount,
  clientId: string,
  resource: EmulatorResource,
  consents: Consents,
): boolean {
  return (
    consents.directory.registration(clientId)?.consent === "required" &&
    !consents.grants.hasConsent(account, clientId, resource.appId)
  );
}

/**
 * The tenant's Conditional Access, for a token about to be issued.
 * @throws EntraError AADSTS50076, AADSTS53000, AADSTS530003, AADSTS53003
 */
export function requirePolicies(
  session: SignInFacts,
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

/**
 * Claims that ask for authentication contexts of which the session has not satisfied all.
 * @throws EntraError AADSTS50076, with the claims to sign in with
 */
export function requireContexts(
  { contexts }: Pick<SignInFacts, "contexts">,
  claims: string | undefined,
  resource: EmulatorResource,
): void {
  const requested = requestedContexts(claims);
  // All of them, also those it has: the session of the sign-in that follows has no others.
  if (requested.some((context) => !contexts.includes(context)))
    throw aadsts(50076, { resource: resource.uri }, { claims: contextChallenge(requested) });
}

/** The authentication context that a write to this resource needs, if any. */
export function contextForWrites(
  account: EmulatorAccount,
  tenantId: string,
  resource: EmulatorResource,
  directory: Directory,
): string | undefined {
  const policy = directory.policies(tenantId, account, resource).find((each) => each.require === "stepUp");
  return policy && (policy.authenticationContext ?? "p1");
}

/** Whether a sign-in for this resource has to include a second factor. */
export function needsSecondFactor(
  { account, flow }: Pick<SignInFacts, "account" | "flow">,
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
  session: SignInFacts,
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
    case "stepUp":
      // Asked for by the resource, once it is needed.
      return undefined;
    default:
      return policy.require satisfies never;
  }
}
