import { once } from "node:events";
import type { IncomingMessage, ServerResponse } from "node:http";
import { createServer } from "node:https";
import type { AddressInfo, Socket } from "node:net";
import { text } from "node:stream/consumers";
import { generate } from "selfsigned";

/** One request as it arrived. */
export interface Received {
  readonly method: string;
  readonly path: string;
  readonly headers: IncomingMessage["headers"];
  readonly form: Readonly<Record<string, string>>;
  readonly raw: IncomingMessage;
  /** `performance.now()` on arrival. */
  readonly at: number;
}

export type Handler = (request: Received, response: ServerResponse) => void;

export interface Certificate {
  readonly key: string;
  readonly cert: string;
}

/** A real https server on this machine that answers as a test says, and remembers what it was asked. */
export interface HttpsMock extends AsyncDisposable {
  readonly origin: string;
  readonly host: string;
  readonly port: number;
  /** PEM of the certificate that clients must trust. */
  readonly certificate: string;
  readonly received: readonly Received[];
  /** All connections there ever were. */
  readonly connections: readonly Socket[];
}

export async function certificateFor(
  names: readonly string[],
  options: { notBeforeDate?: Date; notAfterDate?: Date; ca?: Certificate; isAuthority?: boolean } = {},
): Promise<Certificate> {
  const { ca, isAuthority = false, ...dates } = options;
  const pem = await generate([{ name: "commonName", value: names[0] ?? "test" }], {
    keyType: "ec",
    algorithm: "sha256",
    ...dates,
    ...(ca === undefined ? {} : { ca }),
    extensions: [
      { name: "basicConstraints", cA: isAuthority, critical: true },
      {
        name: "keyUsage",
        digitalSignature: true,
        keyCertSign: isAuthority,
        critical: true,
      },
      {
        name: "subjectAltName",
        altNames: names.map((name) =>
          /^[\d.]+$/.test(name) ? { type: 7, ip: name } : { type: 2, value: name },
        ),
      },
    ],
  });
  return { key: pem.private, cert: pem.cert };
}

export async function startHttpsMock(handler: Handler, certificate?: Certificate): Promise<HttpsMock> {
  const { key, cert } = certificate ?? (await certificateFor(["localhost", "127.0.0.1"]));
  const received: Received[] = [];
  const connections: Socket[] = [];
  const server = createServer({ key, cert, keepAliveTimeout: 60_000 }, (raw, response) => {
    void answer(raw, response);
  });
  const answer = async (raw: IncomingMessage, response: ServerResponse): Promise<void> => {
    const at = performance.now();
    const body = await text(raw).catch(() => "");
    const request: Received = {
      method: raw.method ?? "",
      path: raw.url ?? "",
      headers: raw.headers,
      form: Object.fromEntries(new URLSearchParams(body)),
      raw,
      at,
    };
    received.push(request);
    handler(request, response);
  };
  server.on("secureConnection", (socket: Socket) => connections.push(socket));
  server.on("clientError", (_error, socket) => socket.destroy());
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  return {
    origin: `https://localhost:${port}`,
    host: `localhost:${port}`,
    port,
    certificate: cert,
    received,
    connections,
    [Symbol.asyncDispose]: async () => {
      const closed = once(server, "close");
      server.close();
      server.closeAllConnections();
      await closed;
    },
  };
}

/** Answers with JSON. */
export function json(
  response: ServerResponse,
  status: number,
  body: unknown,
  headers: Record<string, string> = {},
): void {
  response.writeHead(status, { "content-type": "application/json; charset=utf-8", ...headers });
  response.end(JSON.stringify(body));
}

/** A handler that gives one answer after the other, the last one for ever. */
export function sequence(...handlers: readonly Handler[]): Handler {
  let next = 0;
  return (request, response) => {
    const handler = handlers[Math.min(next, handlers.length - 1)];
    next += 1;
    handler?.(request, response);
  };
}
