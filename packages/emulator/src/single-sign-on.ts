import { answersPolicyChallenge } from "./claims-request.ts";
import type { EmulatorAccount } from "./directory-types.ts";
import type { EmulatorState } from "./emulator-state.ts";
import { aadsts } from "./entra-error.ts";
import { needsConsent, needsSecondFactor } from "./policies.ts";
import type { EmulatorRequest } from "./request.ts";
import { parseScopes } from "./scopes.ts";
import type { SignIn } from "./sign-in.ts";

/**
 * The account this browser has signed in with, where the prompt allows taking it without a question.
 * @throws EntraError AADSTS50058, AADSTS16000, AADSTS50076, AADSTS65001 with `prompt=none`
 */
export function accountSignedIn(
  signIn: SignIn,
  request: EmulatorRequest,
  state: EmulatorState,
): EmulatorAccount | undefined {
  const { prompt, loginHint, application, authority } = signIn;
  if (prompt === "login" || prompt === "select_account") return undefined;
  const candidates = state.directory.candidates(application, authority);
  const known = state.signIns
    .accountsOf(request)
    .filter((it) => candidates.includes(it))
    .filter((it) => loginHint === undefined || it.username.toLowerCase() === loginHint.toLowerCase());
  const [account] = known;
  if (prompt === "none") {
    if (!account) throw aadsts(50058);
    if (known.length > 1) throw aadsts(16000);
    requireNoQuestion(signIn, account, state);
  }
  return known.length === 1 ? account : undefined;
}

/** With `prompt=none`, whatever the person would be asked is an error instead. */
function requireNoQuestion(signIn: SignIn, account: EmulatorAccount, state: EmulatorState): void {
  const { application, authority, flow } = signIn;
  const tenant = state.directory.signInTenant(account, application, authority);
  const { resource } = parseScopes(signIn.scope, state.directory, tenant.displayName);
  const { clientId, name } = application;
  if (
    needsSecondFactor({ account, flow }, tenant, resource, state.directory) ||
    answersPolicyChallenge(signIn.claims)
  )
    throw aadsts(50076, { resource: resource.uri });
  if (needsConsent(account, clientId, resource, state))
    throw aadsts(65001, { clientId, name, resource: resource.name }, { error: "consent_required" });
}
