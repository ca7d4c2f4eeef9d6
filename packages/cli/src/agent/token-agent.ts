import { randomBytes } from "node:crypto";
import { once } from "node:events";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { isAuthenticationError, printable } from "@entrada/core/credential";
import { inCommandWords } from "../command-words.ts";
import { signInHint } from "../tell-error.ts";
import { AZD_PATH, IDENTITY_PATH, PROTOCOLS, type AgentHttpRequest } from "./agent-protocols.ts";
import { screenRequest } from "./screen-request.ts";
import { AgentRefusal, plainResource, type AgentToken, type TokenRequest } from "./token-request.ts";

export interface TokenAgentOptions {
  readonly clientId: string;
  /** The audiences that tokens are handed out for. Empty: all. */
  readonly allow: readonly string[];
  tokenFor(request: TokenRequest): Promise<AgentToken>;
  /** Told of each request that was answered, and of each that was refused, without tokens and keys. */
  onAnswered(words: string): void;
  onRefused(words: string): void;
}

/** A server on this machine that hands out tokens to whoever has its key. */
export interface TokenAgent {
  /** The variables by which programs find it. */
  readonly environment: Readonly<Record<string, string>>;
  /** Ends every connection at once. */
  close(): Promise<void>;
}

const LONGEST_BODY = 65_536;

export async function startTokenAgent(options: TokenAgentOptions): Promise<TokenAgent> {
  // As much chance as 256 bits hold, and new for each child.
  const key = randomBytes(32).toString("base64url");
  const server = createServer({ headersTimeout: 5000, requestTimeout: 10_000 }, (incoming, response) => {
    const { port } = server.address() as AddressInfo;
    void serve(incoming, response, { key, port }, options);
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const endpoint = `${origin}${IDENTITY_PATH}`;
  return {
    environment: {
      IDENTITY_ENDPOINT: endpoint,
      IDENTITY_HEADER: key,
      MSI_ENDPOINT: endpoint,
      MSI_SECRET: key,
      AZD_AUTH_ENDPOINT: `${origin}${AZD_PATH.slice(0, -"/token".length)}`,
      AZD_AUTH_KEY: key,
    },
    async close() {
      const closed = once(server, "close");
      server.close();
      server.closeAllConnections();
      await closed;
    },
  };
}

async function serve(
  incoming: IncomingMessage,
  response: ServerResponse,
  own: { readonly key: string; readonly port: number },
  options: TokenAgentOptions,
): Promise<void> {
  response.on("error", () => {}); // The program has gone.
  let protocol: (typeof PROTOCOLS)[number] | undefined;
  try {
    const request = await readRequest(incoming);
    const path = request.url.pathname.replace(/\/$/, "");
    protocol = PROTOCOLS.find((each) => each.path === path);
    screenRequest(request, protocol, own);
    const asked = protocol.read(request);
    requireAllowed(asked, options);
    const token = await options.tokenFor(asked);
    // Told first: what the program writes once it has the token stands below it.
    options.onAnswered(`A token for ${shown(asked.resource)} (${protocol.name})`);
    send(response, 200, protocol.answer(token, asked, options.clientId));
  } catch (error) {
    const { status, code, message } = failureOf(error);
    const refusal = protocol?.refuse(status, code, message);
    options.onRefused(message);
    send(response, refusal?.status ?? status, refusal?.body ?? { error: code, message });
  }
}

async function readRequest(incoming: IncomingMessage): Promise<AgentHttpRequest> {
  let body = "";
  for await (const chunk of incoming) {
    body += String(chunk);
    if (body.length > LONGEST_BODY) throw new AgentRefusal(413, "The request is too large");
  }
  // What is no address of ours leads nowhere, whatever it holds.
  const address = `http://127.0.0.1${incoming.url ?? ""}`;
  const url = URL.canParse(address) ? new URL(address) : new URL("http://127.0.0.1/");
  return { method: incoming.method ?? "", url, headers: headersOf(incoming), body };
}

function headersOf({ headers }: IncomingMessage): Record<string, string | undefined> {
  return Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [name, Array.isArray(value) ? value.join(", ") : value]),
  );
}

function requireAllowed({ resource, identity }: TokenRequest, { allow, clientId }: TokenAgentOptions): void {
  if (allow.length > 0 && !allow.some((each) => plainResource(each) === plainResource(resource)))
    throw new AgentRefusal(
      403,
      `Tokens for ${shown(resource)} are not allowed; --allow names those that are`,
    );
  if (identity !== undefined && identity.toLowerCase() !== clientId.toLowerCase())
    throw new AgentRefusal(
      400,
      `There is no identity ${shown(identity)} here: unset AZURE_CLIENT_ID, or name none in the program`,
    );
}

function failureOf(error: unknown): {
  readonly status: number;
  readonly code: string;
  readonly message: string;
} {
  if (error instanceof AgentRefusal)
    return { status: error.status, code: "request_refused", message: error.message };
  const message = inCommandWords(error instanceof Error ? error.message : String(error));
  if (!isAuthenticationError(error)) return { status: 400, code: "token_failed", message };
  if (error.name === "AuthenticationRequiredError")
    return { status: 400, code: error.code, message: `Nobody is signed in for this. ${signInHint(error)}` };
  return { status: error.retryable ? 503 : 400, code: error.code, message };
}

function send(response: ServerResponse, status: number, body: object): void {
  if (response.destroyed) return;
  response
    .writeHead(status, { "content-type": "application/json; charset=utf-8", "cache-control": "no-store" })
    .end(JSON.stringify(body));
}

// What a program sends may hold anything, and stands at a terminal.
function shown(text: string): string {
  return printable(text.slice(0, 200));
}
