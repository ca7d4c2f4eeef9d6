import { once } from "node:events";
import {
  createServer as createHttpServer,
  type IncomingMessage,
  type Server,
  type ServerResponse,
} from "node:http";
import { createServer } from "node:https";
import type { AddressInfo, Socket } from "node:net";
import type { Emulator } from "@entrada/emulator";

export interface OtherServer extends AsyncDisposable {
  readonly port: number;
}

/** A server whose certificate this machine trusts, and which is no authority, or a strange one. */
export async function startServer(
  emulator: Emulator,
  answer: (request: IncomingMessage, response: ServerResponse) => void,
): Promise<OtherServer> {
  const { certificate, privateKey } = await emulator.issueServerCertificate();
  return listening(createServer({ cert: certificate, key: privateKey }, answer));
}

/** A proxy that answers every CONNECT with this status. */
export async function startProxy(status: string): Promise<OtherServer> {
  const server = createHttpServer();
  server.on("connect", (_request, socket: Socket) => {
    socket.on("error", () => {}); // Whoever was refused has gone.
    socket.end(`HTTP/1.1 ${status}\r\ncontent-length: 0\r\n\r\n`);
  });
  return listening(server);
}

async function listening(server: Server): Promise<OtherServer> {
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return {
    port: (server.address() as AddressInfo).port,
    async [Symbol.asyncDispose]() {
      const closed = once(server, "close");
      server.close();
      server.closeAllConnections();
      await closed;
    },
  };
}
