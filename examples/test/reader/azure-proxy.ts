import { once } from "node:events";
import { createServer as createHttpServer, type IncomingMessage, type ServerResponse } from "node:http";
import { createServer, request as requestHttps } from "node:https";
import type { AddressInfo, Socket } from "node:net";
import { buffer } from "node:stream/consumers";
import type { LocalAzure } from "../../demo/local-azure.ts";
import { certificateFor } from "./certificate-for.ts";
import { secretsOf } from "./secrets-of.ts";

/** An HTTP proxy for programs that mean the real Azure: it leads them to the services of this machine. */
export interface AzureProxy extends AsyncDisposable {
  /** For `HTTPS_PROXY`. */
  readonly url: string;
  /** PEM: who goes through the proxy has to trust it. */
  readonly certificate: string;
  /** All codes, tokens and verifiers that went through so far. */
  readonly secrets: ReadonlySet<string>;
  /** The hosts that somebody asked for, and that nothing here stands for. */
  readonly strangers: readonly string[];
}

/** Starts the proxy. It ends the TLS of its clients, so that it sees what they send. */
export async function startAzureProxy(azure: LocalAzure): Promise<AzureProxy> {
  const secrets = new Set<string>();
  const strangers: string[] = [];
  const sockets = new Set<Socket>();
  const pair = await certificateFor(["localhost", "management.azure.com", "*.blob.core.windows.net"]);
  const inside = createServer({ cert: pair.certificate, key: pair.privateKey });
  inside.on("request", (incoming: IncomingMessage, response: ServerResponse) => {
    forward(incoming, response, { azure, secrets, strangers }).catch((error: unknown) =>
      response.writeHead(502, { "content-type": "text/plain" }).end(String(error)),
    );
  });
  const outside = createHttpServer((_, response) => response.writeHead(405).end());
  outside.on("connect", (_request: IncomingMessage, socket: Socket) => {
    sockets.add(socket);
    socket.on("error", () => socket.destroy());
    socket.on("close", () => sockets.delete(socket));
    socket.write("HTTP/1.1 200 Connection established\r\n\r\n");
    inside.emit("connection", socket);
  });
  outside.listen(0, "127.0.0.1");
  await once(outside, "listening");
  return {
    url: `http://127.0.0.1:${(outside.address() as AddressInfo).port}`,
    certificate: pair.certificate,
    secrets,
    strangers,
    async [Symbol.asyncDispose]() {
      const closed = once(outside, "close");
      outside.close();
      for (const socket of sockets) socket.destroy();
      await closed;
    },
  };
}

interface Knowledge {
  readonly azure: LocalAzure;
  readonly secrets: Set<string>;
  readonly strangers: string[];
}

async function forward(
  incoming: IncomingMessage,
  response: ServerResponse,
  { azure, secrets, strangers }: Knowledge,
): Promise<void> {
  const { method, headers } = incoming;
  const target = standIn(headers.host ?? "", incoming.url ?? "/", azure);
  if (target === undefined) strangers.push(headers.host ?? "");
  const body = await buffer(incoming);
  if (target === undefined) return void response.writeHead(502).end();
  const request = requestHttps(target, { method, headers: { ...headers, host: target.host } });
  request.end(body);
  const [answer] = (await once(request, "response")) as [IncomingMessage];
  const answered = await buffer(answer);
  for (const secret of secretsOf({ headers, body: body.toString(), answer: answered.toString() }))
    secrets.add(secret);
  const { "transfer-encoding": _, ...rest } = answer.headers;
  response.writeHead(answer.statusCode ?? 502, { ...rest, "content-length": answered.length });
  response.end(answered);
}

/** Which address of this machine stands for one of Azure. */
function standIn(host: string, path: string, { emulator, accountUrl }: LocalAzure): URL | undefined {
  if (host === new URL(emulator.authorityHost).host) return new URL(path, emulator.authorityHost);
  if (host === "management.azure.com") return new URL(path, emulator.armEndpoint);
  if (host.endsWith(".blob.core.windows.net")) return new URL(accountUrl + path);
  return undefined;
}
