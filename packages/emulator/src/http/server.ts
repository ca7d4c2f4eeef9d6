import { createServer, type Server } from "node:https";
import type { IncomingMessage, ServerResponse } from "node:http";
import type { Socket } from "node:net";
import type { CertificatePair } from "./certificates.ts";
import { nameInUrls } from "./loopback.ts";

/** Where a request came in. */
export interface Reception {
  readonly port: number;
  /** What the emulator is called beside the loopback names. */
  readonly name: string;
  /** Aborted when the emulator closes. */
  readonly closing: AbortSignal;
}

/** Answers one request; resolves when that is done. */
export type Answering = (
  incoming: IncomingMessage,
  response: ServerResponse,
  reception: Reception,
) => Promise<void>;

/** The listening servers of one emulator. */
export interface EmulatorServer {
  readonly port: number;
  close(): Promise<void>;
}

/** Listens on 127.0.0.1, and on ::1 with the same port where the machine has it; or on `host` alone. */
export async function listen(
  options: { readonly port: number; readonly host?: string | undefined },
  certificate: CertificatePair,
  answer: Answering,
): Promise<EmulatorServer> {
  const closing = new AbortController();
  const reception = { name: nameInUrls(options.host), closing: closing.signal };
  const start = (host: string, port: number) => startOne({ host, port }, certificate, reception, answer);
  if (options.host !== undefined) return group([await start(options.host, options.port)], closing);
  // The port that is free on 127.0.0.1 may be taken on ::1; then another one is tried.
  for (let attempt = 1; ; attempt += 1) {
    const first = await start("127.0.0.1", options.port);
    try {
      return group([first, await start("::1", first.port)], closing);
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException;
      if (code !== "EADDRINUSE") return group([first], closing);
      await first.close();
      if (options.port !== 0 || attempt >= 10) throw error;
    }
  }
}

interface Listening {
  readonly port: number;
  close(): Promise<void>;
}

function group(servers: readonly [Listening, ...Listening[]], closing: AbortController): EmulatorServer {
  return {
    port: servers[0].port,
    async close() {
      closing.abort();
      await Promise.all(servers.map((server) => server.close()));
    },
  };
}

async function startOne(
  address: { readonly host: string; readonly port: number },
  { certificate, privateKey }: CertificatePair,
  reception: Omit<Reception, "port">,
  answer: Answering,
): Promise<Listening> {
  const server = createServer({ cert: certificate, key: privateKey });
  const sockets = new Set<Socket>();
  server.on("connection", (socket: Socket) => {
    sockets.add(socket);
    socket.once("close", () => sockets.delete(socket));
  });
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen({ ...address, exclusive: true }, resolve);
  });
  // The server itself knows its port only as long as it listens.
  const port = portOf(server);
  server.on("request", (request: IncomingMessage, response: ServerResponse) => {
    answer(request, response, { port, ...reception }).catch((error: unknown) => {
      if (reception.closing.aborted || response.headersSent) response.destroy();
      else
        response
          .writeHead(500, { "content-type": "text/plain" })
          .end(`The emulator failed: ${String(error)}`);
    });
  });
  return {
    port,
    async close() {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      // All of them: `closeAllConnections` does not know those whose TLS handshake is under way.
      for (const socket of sockets) socket.destroy();
      await closed;
    },
  };
}

function portOf(server: Server): number {
  const address = server.address();
  if (!address || typeof address === "string") throw new Error("The server does not listen on a port");
  return address.port;
}
