import { once } from "node:events";
import { createServer } from "node:http";
import type { IncomingMessage } from "node:http";
import { connect } from "node:net";
import type { AddressInfo, Socket } from "node:net";
import type { Duplex } from "node:stream";

export interface ConnectProxy extends AsyncDisposable {
  readonly url: string;
  readonly host: string;
  /** The CONNECT requests so far. */
  readonly asked: readonly IncomingMessage[];
  readonly sockets: readonly Duplex[];
}

/** What a proxy says to CONNECT: a status, nothing at all, or a tunnel to a port of this machine. */
export type ProxyAnswer = { readonly tunnelTo: number } | { readonly status: string } | "silence";

/** A real http proxy on this machine. */
export async function startConnectProxy(answer: ProxyAnswer): Promise<ConnectProxy> {
  const asked: IncomingMessage[] = [];
  const sockets: Duplex[] = [];
  const server = createServer((_, response) => response.writeHead(405).end());
  server.on("connect", (request, client) => {
    asked.push(request);
    sockets.push(client);
    client.on("error", () => client.destroy());
    // The sockets of an http server stay half open otherwise.
    if (answer === "silence") client.once("end", () => client.end());
    else if ("tunnelTo" in answer) tunnel(client, answer.tunnelTo);
    else client.end(`HTTP/1.1 ${answer.status}\r\ncontent-length: 0\r\n\r\n`);
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const host = `127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    url: `http://${host}`,
    host,
    asked,
    sockets,
    [Symbol.asyncDispose]: async () => {
      const closed = once(server, "close");
      server.close();
      sockets.forEach((socket) => socket.destroy());
      await closed;
    },
  };
}

function tunnel(client: Duplex, port: number): void {
  const target: Socket = connect(port, "127.0.0.1", () => {
    client.write("HTTP/1.1 200 Connection established\r\n\r\n");
    target.pipe(client).pipe(target);
  });
  target.on("error", () => client.destroy());
  client.on("close", () => target.destroy());
}
