import { randomUUID } from "node:crypto";
import { answersPolicyChallenge, requestedContexts } from "../refusals/claims-request.ts";
import { consentPage, confirmPage, pickAccountPage, refusalPage } from "../pages/sign-in-pages.ts";
import { messagePage } from "../pages/page.ts";
import type { EmulatorState } from "./emulator-state.ts";
import type { EmulatorTenant } from "../directory/directory-types.ts";
import { aadsts, EntraError } from "../refusals/entra-error.ts";
import { needsConsent, needsSecondFactor, requirePolicies } from "../directory/policies.ts";
import { optional } from "./parameters.ts";
import type { Reply } from "../http/reply.ts";
import type { EmulatorRequest } from "../http/request.ts";
import { parseScopes } from "../tokens/scopes.ts";
import type { SignIn } from "../sign-in/sign-in.ts";
import type { SignInSession } from "../tokens/grants.ts";

/** `POST /{tenant}/signin`: one press of a button on the sign-in pages. */
export function signInEndpoint(request: EmulatorRequest, state: EmulatorState): Reply {
  const id = optional(request.form, "sign_in") ?? "";
  const signIn = state.signIns.get(id);
  if (!signIn)
    return messagePage(400, "This page is too old", "Start the sign-in again from the application.");
  switch (optional(request.form, "action")) {
    case "pick": {
      const username = optional(request.form, "account") ?? "";
      const account = state.directory.account(username);
      if (!account) return refuseOnPage(id, signIn, aadsts(50034, { username }), request);
      signIn.account = account;
      // What somebody else has said is not this account's word.
      delete signIn.confirmed;
      delete signIn.consented;
      break;
    }
    case "confirm":
      signIn.confirmed = true;
      break;
    case "approve":
      signIn.consented = true;
      break;
    case "back":
      delete signIn.account;
      delete signIn.refusal;
      break;
    case "leave":
      state.signIns.end(id);
      return signIn.refuse(leaving(signIn.refusal), request);
    case "cancel":
      state.signIns.end(id);
      return signIn.refuse(cancelled(), request);
    default:
      state.signIns.end(id);
      return signIn.refuse(aadsts(65004), request);
  }
  return nextPage(id, signIn, request, state);
}

/** The first page of a sign-in, or its end where nothing is left to ask. */
export function beginSignIn(signIn: SignIn, request: EmulatorRequest, state: EmulatorState): Reply {
  return nextPage(state.signIns.begin(signIn), signIn, request, state);
}

function nextPage(id: string, signIn: SignIn, request: EmulatorRequest, state: EmulatorState): Reply {
  const { account, application, authority, flow } = signIn;
  if (!account) return pickAccountPage(id, signIn, state.directory);
  try {
    const tenant = state.directory.signInTenant(account, application, authority);
    const { resource } = parseScopes(signIn.scope, state.directory, tenant.displayName);
    const secondFactor =
      needsSecondFactor({ account, flow }, tenant, resource, state.directory) ||
      answersPolicyChallenge(signIn.claims) ||
      requestedContexts(signIn.claims).length > 0;
    if (secondFactor && !signIn.confirmed) return confirmPage(id, signIn, account);
    const consent =
      needsConsent(account, application.clientId, resource, state) || signIn.prompt === "consent";
    if (consent && !signIn.consented) return consentPage(id, signIn, account, resource);
    return completeSignIn(id, signIn, tenant, request, state);
  } catch (error) {
    // With `prompt=none` nobody sees a page: the application hears of it at once.
    if (error instanceof EntraError && signIn.prompt !== "none")
      return refuseOnPage(id, signIn, error, request);
    state.signIns.end(id);
    throw error;
  }
}

function completeSignIn(
  id: string,
  signIn: SignIn,
  tenant: EmulatorTenant,
  request: EmulatorRequest,
  state: EmulatorState,
): Reply {
  const { account, application } = signIn;
  if (!account) throw new Error("A sign-in cannot end before an account was picked");
  const { resource } = parseScopes(signIn.scope, state.directory, tenant.displayName);
  const session: SignInSession = {
    id: randomUUID(),
    account,
    methods: signIn.confirmed ? ["pwd", "mfa"] : ["pwd"],
    contexts: signIn.confirmed ? requestedContexts(signIn.claims) : [],
    time: state.clock.now(),
    revision: state.grants.revision(account),
    flow: signIn.flow,
  };
  requirePolicies(session, tenant, resource, state.directory);
  if (signIn.consented) state.grants.consent(account, application.clientId, resource.appId);
  state.signIns.end(id);
  const cookie = state.signIns.remember(request, account);
  const reply = signIn.complete(session, tenant, request);
  return { ...reply, headers: { ...reply.headers, "set-cookie": cookie } };
}

function refuseOnPage(id: string, signIn: SignIn, error: EntraError, request: EmulatorRequest): Reply {
  signIn.refusal = error;
  return refusalPage(id, signIn, error.describe(request));
}

/** Back or Cancel before the person has signed in, which is not the same as declining permissions. */
function cancelled(): EntraError {
  return new EntraError({ error: "access_denied", subcode: "cancel", description: "The person cancelled." });
}

/** What the application hears when a person leaves a page that said no: access denied, for that reason. */
function leaving(refusal: EntraError | undefined): EntraError {
  if (!refusal) return aadsts(65004);
  const { message, aadsts: number } = refusal;
  return new EntraError({
    error: "access_denied",
    description: number === undefined ? message : message.replace(`AADSTS${number}: `, ""),
    ...(number === undefined ? {} : { aadsts: number }),
  });
}
