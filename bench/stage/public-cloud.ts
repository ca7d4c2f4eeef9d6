import { once } from "node:events";
import { readFileSync } from "node:fs";
import { createServer as createHttpServer, type IncomingMessage, type ServerResponse } from "node:http";
import { createServer, request } from "node:https";
import { connect, type AddressInfo, type Server } from "node:net";
import { createSecureContext, type SecureContext } from "node:tls";
import { createCertificateAuthority } from "../../packages/emulator/src/http/certificates.ts";
import type { Authority } from "./authority.ts";

/** The emulator in the place of Microsoft's cloud, for a program that is not told of it. */
export interface PublicCloud extends AsyncDisposable {
  /** What leads to it, as a proxy. */
  readonly proxy: string;
  /** PEM: the authorities that vouch for its names. */
  readonly certificates: string;
}

const NAMES = ["login.microsoftonline.com", "management.azure.com", "graph.microsoft.com"] as const;

export async function openPublicCloud({ environment }: Authority): Promise<PublicCloud> {
  const emulator = new URL(environment["AZURE_AUTHORITY_HOST"] ?? "");
  const ca = readFileSync(environment["NODE_EXTRA_CA_CERTS"] ?? "");
  const contexts = new Map<string, SecureContext>();
  const authorities: string[] = [];
  for (const name of NAMES) {
    const authority = await createCertificateAuthority(name);
    const { certificate, privateKey } = await authority.issueServerCertificate();
    authorities.push(authority.certificate);
    contexts.set(name, createSecureContext({ cert: certificate, key: privateKey }));
  }
  const front = createServer(
    { SNICallback: (name, done) => done(null, contexts.get(name)) },
    (asked: IncomingMessage, answer: ServerResponse) => {
      const { method, headers, url: path } = asked;
      const { hostname, port } = emulator;
      const passed = request(
        { hostname, port, path, method, headers, ca, servername: "localhost" },
        (given) => {
          answer.writeHead(given.statusCode ?? 502, given.headers);
          given.pipe(answer);
        },
      );
      passed.on("error", () => answer.destroy());
      asked.pipe(passed);
    },
  );
  const proxy = createHttpServer().on("connect", (_, client) => {
    const tunnel = connect(portOf(front), "127.0.0.1", () => {
      client.write("HTTP/1.1 200 Connection established\r\n\r\n");
      tunnel.pipe(client).pipe(tunnel);
    });
    tunnel.on("error", () => client.destroy());
    client.on("error", () => tunnel.destroy());
  });
  for (const server of [front, proxy]) {
    server.listen(0, "127.0.0.1");
    await once(server, "listening");
  }
  return {
    proxy: `http://127.0.0.1:${portOf(proxy)}`,
    certificates: authorities.join(""),
    async [Symbol.asyncDispose]() {
      for (const server of [proxy, front]) {
        const closed = once(server, "close");
        server.close();
        server.closeAllConnections();
        await closed;
      }
    },
  };
}

function portOf(server: Server): number {
  return (server.address() as AddressInfo).port;
}
