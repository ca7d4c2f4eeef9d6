import { answersPolicyChallenge, requestedContexts } from "../refusals/claims-request.ts";
import type { Directory } from "../directory/directory.ts";
import type { EmulatorAccount } from "../directory/directory-types.ts";
import { aadsts } from "../refusals/entra-error.ts";
import type { Grants } from "../tokens/grants.ts";
import { needsConsent, needsSecondFactor } from "../directory/policies.ts";
import type { EmulatorRequest } from "../http/request.ts";
import { parseScopes } from "../tokens/scopes.ts";
import type { SignIn } from "./sign-in.ts";
import type { SignIns } from "./sign-ins.ts";

/** Who there is, who has signed in where, and what they have consented to. */
export interface KnownSignIns {
  readonly directory: Directory;
  readonly grants: Grants;
  readonly signIns: SignIns;
}

/**
 * The account this browser has signed in with, where the prompt allows taking it without a question.
 * @throws EntraError AADSTS50058, AADSTS16000, AADSTS50076, AADSTS65001 with `prompt=none`
 */
export function accountSignedIn(
  signIn: SignIn,
  request: EmulatorRequest,
  known: KnownSignIns,
): EmulatorAccount | undefined {
  const { prompt, loginHint, application, authority } = signIn;
  if (prompt === "login" || prompt === "select_account") return undefined;
  const candidates = known.directory.candidates(application, authority);
  const fitting = known.signIns
    .accountsOf(request)
    .filter((it) => candidates.includes(it))
    .filter((it) => loginHint === undefined || it.username.toLowerCase() === loginHint.toLowerCase());
  const [account] = fitting;
  if (prompt === "none") {
    if (!account) throw aadsts(50058);
    if (fitting.length > 1) throw aadsts(16000);
    requireNoQuestion(signIn, account, known);
  }
  return fitting.length === 1 ? account : undefined;
}

/** With `prompt=none`, whatever the person would be asked is an error instead. */
function requireNoQuestion(signIn: SignIn, account: EmulatorAccount, known: KnownSignIns): void {
  const { application, authority, flow } = signIn;
  const tenant = known.directory.signInTenant(account, application, authority);
  const { resource } = parseScopes(signIn.scope, known.directory, tenant.displayName);
  const { clientId, name } = application;
  if (
    needsSecondFactor({ account, flow }, tenant, resource, known.directory) ||
    answersPolicyChallenge(signIn.claims) ||
    requestedContexts(signIn.claims).length > 0
  )
    throw aadsts(50076, { resource: resource.uri });
  if (needsConsent(account, clientId, resource, known))
    throw aadsts(65001, { clientId, name, resource: resource.name }, { error: "consent_required" });
}
