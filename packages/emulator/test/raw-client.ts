import { createHash, randomBytes } from "node:crypto";
import { EventEmitter, once } from "node:events";
import { createServer } from "node:http";
import { request } from "node:https";
import type { IncomingHttpHeaders, IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";
import type { Emulator } from "../src/index.ts";

/** An answer as it came over the wire. */
export interface RawAnswer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly text: string;
  /** The body, read as JSON. */
  readonly json: Record<string, any>;
}

export interface RawRequest {
  readonly method?: string;
  readonly form?: Readonly<Record<string, string>>;
  readonly body?: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** The address to connect to. @defaultValue 127.0.0.1 */
  readonly address?: string;
}

/** One HTTPS request, spoken without any client library. `path` is sent as it is. */
export async function send(emulator: Emulator, path: string, init: RawRequest = {}): Promise<RawAnswer> {
  const { form, address = "127.0.0.1" } = init;
  const body = form ? new URLSearchParams(form).toString() : init.body;
  const type = form ? { "content-type": "application/x-www-form-urlencoded" } : {};
  const outgoing = request({
    host: address,
    port: emulator.port,
    path,
    method: init.method ?? (body === undefined ? "GET" : "POST"),
    servername: "localhost",
    ca: emulator.certificateAuthority,
    headers: { host: `localhost:${emulator.port}`, connection: "close", ...type, ...init.headers },
  });
  outgoing.end(body);
  const [response] = (await once(outgoing, "response")) as [IncomingMessage];
  const chunks: Buffer[] = [];
  for await (const chunk of response) chunks.push(chunk as Buffer);
  const text = Buffer.concat(chunks).toString("utf8");
  return {
    status: response.statusCode ?? 0,
    headers: response.headers,
    text,
    get json() {
      return JSON.parse(text) as Record<string, any>;
    },
  };
}

/** The claims of a token, unverified. */
export function claimsOf(token: string): Record<string, any> {
  return JSON.parse(Buffer.from(token.split(".")[1] ?? "", "base64url").toString("utf8")) as Record<
    string,
    any
  >;
}

export const ARM = "https://management.azure.com/.default";
export const VERIFIER = randomBytes(32).toString("base64url");
export const CHALLENGE = createHash("sha256").update(VERIFIER).digest("base64url");

/** The query of an authorization request that is in order, but for `changes`. An empty value leaves a parameter out. */
export function authorizePath(
  emulator: Emulator,
  changes: Readonly<Record<string, string>> = {},
  tenant = "organizations",
): string {
  const all = {
    client_id: emulator.defaults.clientId,
    response_type: "code",
    redirect_uri: "http://localhost:65000",
    response_mode: "form_post",
    scope: `${ARM} openid profile offline_access`,
    state: "state-of-the-client",
    nonce: "nonce-of-the-client",
    client_info: "1",
    code_challenge: CHALLENGE,
    code_challenge_method: "S256",
    ...changes,
  };
  const given = Object.entries(all).filter(([, value]) => value !== "");
  return `/${tenant}/oauth2/v2.0/authorize?${new URLSearchParams(given).toString()}`;
}

/** Signs a person in through the pages, and gives what the application's loopback listener received. */
export async function authorize(
  emulator: Emulator,
  changes: Readonly<Record<string, string>> = {},
  tenant = "organizations",
): Promise<{ readonly answer: URLSearchParams; readonly redirectUri: string }> {
  const answers = new EventEmitter();
  const received = once(answers, "answer") as Promise<[URLSearchParams]>;
  const server = createServer((incoming, response) => {
    const chunks: Buffer[] = [];
    incoming.on("data", (chunk: Buffer) => chunks.push(chunk));
    incoming.on("end", () => {
      response.end("<h1>Done</h1>");
      const query = new URL(incoming.url ?? "/", "http://localhost").searchParams;
      answers.emit(
        "answer",
        incoming.method === "POST" ? new URLSearchParams(Buffer.concat(chunks).toString("utf8")) : query,
      );
    });
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  try {
    const redirectUri = `http://localhost:${(server.address() as AddressInfo).port}`;
    const path = authorizePath(emulator, { redirect_uri: redirectUri, ...changes }, tenant);
    await emulator.person.openBrowser(emulator.authorityHost + path);
    await emulator.person.settled();
    const [answer] = await received;
    return { answer, redirectUri };
  } finally {
    server.close();
  }
}

/** Redeems a code; `changes` as for {@link authorizePath}. */
export function redeem(
  emulator: Emulator,
  { answer, redirectUri }: { readonly answer: URLSearchParams; readonly redirectUri: string },
  changes: Readonly<Record<string, string>> = {},
  tenant = "organizations",
): Promise<RawAnswer> {
  return token(
    emulator,
    {
      grant_type: "authorization_code",
      code: answer.get("code") ?? "",
      redirect_uri: redirectUri,
      code_verifier: VERIFIER,
      scope: `${ARM} openid profile offline_access`,
      client_info: "1",
      ...changes,
    },
    tenant,
  );
}

/** A token request of the default client. An empty value leaves a parameter out. */
export function token(
  emulator: Emulator,
  form: Readonly<Record<string, string>>,
  tenant = "organizations",
): Promise<RawAnswer> {
  const given = Object.entries({ client_id: emulator.defaults.clientId, ...form }).filter(
    ([, value]) => value !== "",
  );
  return send(emulator, `/${tenant}/oauth2/v2.0/token`, { form: Object.fromEntries(given) });
}

/** A whole sign-in: the token answer. */
export async function signIn(
  emulator: Emulator,
  changes: Readonly<Record<string, string>> = {},
  tenant = "organizations",
): Promise<Record<string, any>> {
  const scope = changes["scope"] === undefined ? {} : { scope: changes["scope"] };
  const answer = await redeem(emulator, await authorize(emulator, changes, tenant), scope, tenant);
  if (answer.status !== 200) throw new Error(`The sign-in failed: ${answer.text}`);
  return answer.json;
}

/** Renews with a refresh token. */
export function refresh(
  emulator: Emulator,
  refreshToken: string,
  changes: Readonly<Record<string, string>> = {},
  tenant = "organizations",
): Promise<RawAnswer> {
  const form = { grant_type: "refresh_token", refresh_token: refreshToken, scope: ARM, ...changes };
  return token(emulator, form, tenant);
}
