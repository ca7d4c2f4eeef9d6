import { randomUUID } from "node:crypto";
import { beginSignIn } from "./sign-in-endpoint.ts";
import { requireReadableClaims } from "./claims-request.ts";
import type { Authority } from "./directory.ts";
import type { EmulatorAccount, EmulatorApplication } from "./directory-types.ts";
import type { EmulatorState } from "./emulator-state.ts";
import { aadsts, EntraError } from "./entra-error.ts";
import { formPostPage, errorPage } from "./page.ts";
import { clientInfo } from "./issue-tokens.ts";
import { needsConsent, needsSecondFactor } from "./policies.ts";
import { isRegisteredRedirect } from "./redirect-uri.ts";
import { parameter, redirect, type EmulatorRequest, type Reply } from "./request.ts";
import { parseScopes } from "./scopes.ts";
import type { SignIn } from "./sign-in.ts";

/** Where an answer goes and how, once the redirect URI is known to be the application's. */
interface Return {
  readonly redirectUri: string;
  readonly mode: "query" | "fragment" | "form_post";
  readonly state: string | undefined;
}

/** `GET` or `POST /{tenant}/oauth2/v2.0/authorize` (RFC 6749 section 4.1.1, RFC 7636). */
export function authorizeEndpoint(request: EmulatorRequest, state: EmulatorState): Reply {
  const asked = request.method === "POST" ? request.form : request.query;
  let to: Return;
  let application: EmulatorApplication;
  let authority: Authority;
  try {
    // Until the redirect URI is checked, an error is for the person alone.
    const segment = request.params["tenant"] ?? "";
    authority = state.directory.authority(segment);
    application = state.directory.application(required(asked, "client_id"), authority);
    to = returnOf(asked, application);
  } catch (error) {
    if (error instanceof EntraError) return errorPage(error, { ...request, time: state.clock.now() });
    throw error;
  }
  try {
    return signInFor(asked, to, application, authority, request, state);
  } catch (error) {
    if (error instanceof EntraError) return sendError(error, to, request);
    throw error;
  }
}

function signInFor(
  asked: URLSearchParams,
  to: Return,
  application: EmulatorApplication,
  authority: Authority,
  request: EmulatorRequest,
  state: EmulatorState,
): Reply {
  const responseType = required(asked, "response_type");
  if (responseType !== "code") throw aadsts(70005, { responseType });
  const scope = required(asked, "scope");
  parseScopes(scope, state.directory, authority.tenant?.displayName ?? authority.alias ?? "");
  const codeChallenge = challengeOf(asked, isPublicRedirect(application, to.redirectUri));
  const claims = parameter(asked, "claims");
  requireReadableClaims(claims);

  const signIn: SignIn = {
    application,
    authority,
    segment: request.params["tenant"] ?? "",
    scope,
    claims,
    prompt: parameter(asked, "prompt"),
    loginHint: parameter(asked, "login_hint"),
    flow: "authorizationCode",
    formTarget: targetOf(to.redirectUri),
    complete(session, tenant, last) {
      const code = state.grants.codes.add({
        session,
        clientId: application.clientId,
        tenantId: tenant.id,
        scope,
        claims,
        redirectUri: to.redirectUri,
        codeChallenge,
        nonce: parameter(asked, "nonce"),
        issuedAt: state.clock.now(),
        redeemed: false,
      });
      return send(to, {
        code,
        ...(asked.get("client_info") === "1" ? { client_info: clientInfo(session.account) } : {}),
        session_state: randomUUID(),
      });
    },
    refuse: (error, last) => sendError(error, to, last),
  };
  signedInAlready(signIn, request, state);
  return beginSignIn(signIn, request, state);
}

/** Single sign-on: takes the account this browser has signed in with, where the prompt allows it. */
function signedInAlready(signIn: SignIn, request: EmulatorRequest, state: EmulatorState): void {
  const { prompt, loginHint, application, authority } = signIn;
  if (prompt === "login" || prompt === "select_account") return;
  const known = state.signIns
    .accountsOf(request)
    .filter((it) => loginHint === undefined || it.username.toLowerCase() === loginHint.toLowerCase())
    .filter((it) => state.directory.candidates(application, authority).includes(it));
  const [account] = known;
  if (prompt === "none") {
    if (!account) throw aadsts(50058);
    if (known.length > 1) throw aadsts(16000);
    requireNoQuestion(signIn, account, state);
  }
  if (account && known.length === 1) signIn.account = account;
}

/** With `prompt=none`, whatever the person would be asked is an error instead. */
function requireNoQuestion(signIn: SignIn, account: EmulatorAccount, state: EmulatorState): void {
  const { application, authority } = signIn;
  const tenant = state.directory.signInTenant(account, application, authority);
  const { resource } = parseScopes(signIn.scope, state.directory, tenant.displayName);
  const { clientId, name } = application;
  if (needsSecondFactor(account, tenant, resource, state.directory))
    throw aadsts(50076, { resource: resource.uri });
  if (needsConsent(account, clientId, resource, state))
    throw aadsts(65001, { clientId, name, resource: resource.name }, { error: "consent_required" });
}

function returnOf(asked: URLSearchParams, application: EmulatorApplication): Return {
  const redirectUri = required(asked, "redirect_uri");
  const registered = [...(application.redirectUris ?? []), ...(application.webRedirectUris ?? [])];
  if (!registered.some((it) => isRegisteredRedirect(redirectUri, it)))
    throw aadsts(50011, { redirectUri, clientId: application.clientId });
  const mode = parameter(asked, "response_mode") ?? "query";
  if (mode !== "query" && mode !== "fragment" && mode !== "form_post")
    throw aadsts(70007, { responseMode: mode });
  return { redirectUri, mode, state: parameter(asked, "state") };
}

/** A public client must send an S256 challenge (RFC 7636; RFC 9700 section 2.1.1). */
function challengeOf(asked: URLSearchParams, isPublic: boolean): string | undefined {
  const challenge = parameter(asked, "code_challenge");
  if (challenge === undefined) {
    if (isPublic) throw aadsts(50147);
    return undefined;
  }
  if (asked.get("code_challenge_method") !== "S256") throw aadsts(50149);
  if (!/^[\w.~-]{43,128}$/.test(challenge)) throw aadsts(501491);
  return challenge;
}

function isPublicRedirect({ redirectUris = [] }: EmulatorApplication, redirectUri: string): boolean {
  return redirectUris.some((it) => isRegisteredRedirect(redirectUri, it));
}

function sendError(error: EntraError, to: Return, request: EmulatorRequest): Reply {
  return send(to, {
    error: error.error,
    error_description: error.describe(request),
    ...(error.aadsts === undefined ? {} : { error_uri: `${request.origin}/error?code=${error.aadsts}` }),
    ...(error.suberror === undefined ? {} : { suberror: error.suberror }),
    ...(error.claims === undefined ? {} : { claims: error.claims }),
  });
}

function send({ redirectUri, mode, state }: Return, answer: Readonly<Record<string, string>>): Reply {
  const fields = { ...answer, ...(state === undefined ? {} : { state }) };
  if (mode === "form_post") return formPostPage(redirectUri, fields);
  const url = new URL(redirectUri);
  if (mode === "fragment") url.hash = new URLSearchParams(fields).toString();
  else for (const [name, value] of Object.entries(fields)) url.searchParams.set(name, value);
  return redirect(url.href);
}

/** What a Content-Security-Policy calls the redirect URI's origin. */
function targetOf(redirectUri: string): string {
  const { protocol, host } = new URL(redirectUri);
  return protocol === "http:" || protocol === "https:" ? `${protocol}//${host}` : protocol;
}

function required(from: URLSearchParams, name: string): string {
  const value = parameter(from, name);
  if (value === undefined) throw aadsts(900144, { name });
  return value;
}
