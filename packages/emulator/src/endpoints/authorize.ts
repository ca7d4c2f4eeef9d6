import { randomUUID } from "node:crypto";
import { formTargetOf, sendAnswer, sendRefusal, type AnswerAddress } from "./authorize-answer.ts";
import { requireReadableClaims } from "../refusals/claims-request.ts";
import type { Authority } from "../directory/directory.ts";
import type { EmulatorApplication } from "../directory/directory-types.ts";
import type { EmulatorState } from "./emulator-state.ts";
import { aadsts, EntraError } from "../refusals/entra-error.ts";
import { clientInfo } from "../tokens/issue-tokens.ts";
import { errorPage } from "../pages/page.ts";
import { isRegisteredRedirect } from "../directory/redirect-uri.ts";
import { optional, refuseRepeated, required } from "./parameters.ts";
import type { Reply } from "../http/reply.ts";
import type { EmulatorRequest } from "../http/request.ts";
import { parseScopes } from "../tokens/scopes.ts";
import { beginSignIn } from "./sign-in-endpoint.ts";
import type { SignIn } from "../sign-in/sign-in.ts";
import { accountSignedIn } from "../sign-in/single-sign-on.ts";

/** Who asks, of whom, and where the answer goes: known to be in order. */
interface Asking {
  readonly parameters: URLSearchParams;
  readonly authority: Authority;
  readonly application: EmulatorApplication;
  readonly to: AnswerAddress;
}

const PROMPTS: readonly string[] = ["none", "login", "select_account", "consent", "create"];

/** `GET` or `POST /{tenant}/oauth2/v2.0/authorize` (RFC 6749 section 4.1.1, RFC 7636). */
export function authorizeEndpoint(request: EmulatorRequest, state: EmulatorState): Reply {
  let asking: Asking;
  try {
    asking = askingOf(request, state);
  } catch (error) {
    // Until the redirect URI is known to be the application's, an error is for the person alone.
    if (error instanceof EntraError) return errorPage(error, request);
    throw error;
  }
  try {
    const signIn = signInFor(asking, request, state);
    const account = accountSignedIn(signIn, request, state);
    if (account) signIn.account = account;
    return beginSignIn(signIn, request, state);
  } catch (error) {
    if (error instanceof EntraError) return sendRefusal(asking.to, error, request);
    throw error;
  }
}

function askingOf(request: EmulatorRequest, state: EmulatorState): Asking {
  const parameters = request.method === "POST" ? request.form : request.query;
  refuseRepeated(parameters, ["client_id", "redirect_uri", "response_mode", "state"]);
  const authority = state.directory.authority(request.params["tenant"] ?? "", request.origin);
  const application = state.directory.application(required(parameters, "client_id"), authority);
  const redirectUri = required(parameters, "redirect_uri");
  const { clientId, redirectUris = [], webRedirectUris = [] } = application;
  if (![...redirectUris, ...webRedirectUris].some((it) => isRegisteredRedirect(redirectUri, it)))
    throw aadsts(50011, { redirectUri, clientId });
  const mode = optional(parameters, "response_mode") ?? "query";
  if (mode !== "query" && mode !== "fragment" && mode !== "form_post")
    throw aadsts(70007, { responseMode: mode });
  return {
    parameters,
    authority,
    application,
    to: { redirectUri, mode, state: optional(parameters, "state") },
  };
}

function signInFor(
  { parameters, authority, application, to }: Asking,
  request: EmulatorRequest,
  state: EmulatorState,
): SignIn {
  refuseRepeated(parameters);
  const responseType = required(parameters, "response_type");
  if (responseType !== "code") throw aadsts(70005, { responseType });
  const scope = required(parameters, "scope");
  parseScopes(scope, state.directory, authority.tenant?.displayName ?? authority.alias ?? "");
  const codeChallenge = challengeOf(parameters, application, to.redirectUri);
  const claims = optional(parameters, "claims");
  requireReadableClaims(claims);
  const prompt = optional(parameters, "prompt");
  if (prompt !== undefined && !PROMPTS.includes(prompt)) throw aadsts(90023, { prompt });
  return {
    application,
    authority,
    segment: request.params["tenant"] ?? "",
    scope,
    claims,
    prompt,
    loginHint: optional(parameters, "login_hint"),
    flow: "authorizationCode",
    formTarget: formTargetOf(to.redirectUri),
    complete(session, tenant) {
      const code = state.grants.codes.add({
        session,
        clientId: application.clientId,
        tenantId: tenant.id,
        scope,
        claims,
        redirectUri: to.redirectUri,
        codeChallenge,
        nonce: optional(parameters, "nonce"),
        issuedAt: state.clock.now(),
        redeemed: false,
      });
      const wantsClientInfo = parameters.get("client_info") === "1";
      return sendAnswer(to, {
        code,
        ...(wantsClientInfo ? { client_info: clientInfo(session.account) } : {}),
        session_state: randomUUID(),
      });
    },
    refuse: (error, last) => sendRefusal(to, error, last),
  };
}

/** A public client must send an S256 challenge (RFC 7636; RFC 9700 section 2.1.1). */
function challengeOf(
  parameters: URLSearchParams,
  { redirectUris = [] }: EmulatorApplication,
  redirectUri: string,
): string | undefined {
  const challenge = optional(parameters, "code_challenge");
  if (challenge === undefined) {
    if (redirectUris.some((it) => isRegisteredRedirect(redirectUri, it))) throw aadsts(50147);
    return undefined;
  }
  if (parameters.get("code_challenge_method") !== "S256") throw aadsts(50149);
  if (!/^[\w.~-]{43,128}$/.test(challenge)) throw aadsts(501491);
  return challenge;
}
