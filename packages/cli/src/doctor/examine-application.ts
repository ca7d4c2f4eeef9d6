import { randomBytes } from "node:crypto";
import { explainAadsts } from "@entrada/core/aadsts";
import { OPTION_DEFAULTS } from "@entrada/core/credential";
import type { HttpAnswer, NodeHttpsTransport } from "@entrada/core/http";
import type { Registration } from "../registration/registration.ts";
import type { Endpoints } from "./examine-network.ts";
import type { Examined, Finding } from "./finding.ts";

export interface ApplicationOptions {
  readonly endpoints: Endpoints;
  readonly clientId: string;
  readonly transport: NodeHttpsTransport;
  readonly signal: AbortSignal;
  /** What the tenant has of it, where the person who is signed in may read that. */
  readonly registration: Registration | undefined;
}

const REDIRECT_URI = "http://localhost";
const LONGEST_IN_MS = 15_000;

/** The client id, its redirect URI and whether it is a public client: as far as the endpoints tell without a sign-in. */
export async function examineApplication(options: ApplicationOptions): Promise<Examined> {
  const { clientId, registration } = options;
  const own = clientId !== OPTION_DEFAULTS.clientId;
  const name = own ? clientId : `${clientId}, the development application of the Azure tools`;
  const findings: Finding[] = [];
  const atAuthorize = await probeAuthorize(options);
  const atToken = await probeToken(options);
  const refused = atAuthorize ?? (OF_APPLICATION.includes(atToken ?? 0) ? atToken : undefined);
  if (refused !== undefined) findings.push(findingOf(refused, options));
  if (registration !== undefined && !registration.allowsPublicClientFlows)
    findings.push(findingOf(PUBLIC_CLIENT, options));
  return {
    facts: [
      { name: "Application", shown: name, told: own ? "its own" : "the development application" },
      { name: "Redirect URI", shown: REDIRECT_URI, told: REDIRECT_URI },
    ],
    findings,
  };
}

const REDIRECT = 50011;
const PUBLIC_CLIENT = 7000218;
const UNKNOWN = 700016;
const OF_APPLICATION: readonly number[] = [PUBLIC_CLIENT, UNKNOWN];

// With prompt=none nobody is asked: the authority sends the browser back, or shows a page that says why it does not.
async function probeAuthorize({
  endpoints,
  clientId,
  ...rest
}: ApplicationOptions): Promise<number | undefined> {
  const url = new URL(endpoints.authorize);
  const query = {
    client_id: clientId,
    response_type: "code",
    redirect_uri: REDIRECT_URI,
    response_mode: "query",
    scope: "openid",
    prompt: "none",
    state: "probe",
    code_challenge: randomBytes(32).toString("base64url"),
    code_challenge_method: "S256",
  };
  for (const [name, value] of Object.entries(query)) url.searchParams.set(name, value);
  const answer = await sent({ method: "GET", url: url.href, headers: { accept: "text/html" } }, rest);
  if (answer.header("location")?.startsWith(REDIRECT_URI)) return undefined;
  return numberIn(answer);
}

// A code that nobody has issued: what matters is how it is refused.
async function probeToken({ endpoints, clientId, ...rest }: ApplicationOptions): Promise<number | undefined> {
  const form = new URLSearchParams({
    grant_type: "authorization_code",
    client_id: clientId,
    redirect_uri: REDIRECT_URI,
    code: "probe",
    code_verifier: randomBytes(32).toString("base64url"),
  });
  const headers = { "content-type": "application/x-www-form-urlencoded", accept: "application/json" };
  return numberIn(await sent({ method: "POST", url: endpoints.token, headers, body: form.toString() }, rest));
}

function sent(
  request: {
    readonly method: "GET" | "POST";
    readonly url: string;
    readonly headers: Record<string, string>;
    readonly body?: string;
  },
  { transport, signal }: Pick<ApplicationOptions, "transport" | "signal">,
): Promise<HttpAnswer> {
  return transport({ ...request, signal: AbortSignal.any([signal, AbortSignal.timeout(LONGEST_IN_MS)]) });
}

function numberIn({ body }: HttpAnswer): number | undefined {
  const digits = /AADSTS(\d{4,8})/.exec(Buffer.from(body).toString())?.[1];
  return digits === undefined ? undefined : Number(digits);
}

const CODES: Readonly<Record<number, string>> = {
  [REDIRECT]: "redirect_uri_missing",
  [PUBLIC_CLIENT]: "public_client_flows_off",
  [UNKNOWN]: "client_unknown",
};

function findingOf(number: number, { clientId }: ApplicationOptions): Finding {
  const known = explainAadsts(number, {
    clientId: "<client id>",
    tenantId: "<tenant>",
    scopes: ["<scopes>"],
    redirectUri: REDIRECT_URI,
  });
  const setUp =
    number === REDIRECT || number === PUBLIC_CLIENT ? " Or let this do it: entrada app-setup" : "";
  return {
    code: CODES[number] ?? "application_refused",
    what: `${known?.what ?? "The authority refuses this application"} (AADSTS${number}).`,
    todo: `${known?.remedy ?? `Look it up: https://login.microsoftonline.com/error?code=${number}`}.${setUp}`,
    detail: `client id ${clientId}`,
  };
}
