import { once } from "node:events";
import { createServer } from "node:https";
import type { IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";
import { startEmulator } from "@entrada/emulator";

/** An authority that gives codes, and never answers a poll. */
export interface SilentAuthority extends AsyncDisposable {
  readonly authorityHost: string;
  readonly tenantId: string;
  /** The first poll, when it is there. */
  readonly polled: Promise<IncomingMessage>;
  readonly pollCount: number;
}

export async function startSilentAuthority(code: {
  readonly expires_in: number;
  readonly interval: number;
}): Promise<SilentAuthority> {
  // For its certificate authority.
  const emulator = await startEmulator();
  emulator.trust();
  const { certificate, privateKey } = await emulator.issueServerCertificate();
  const polled = Promise.withResolvers<IncomingMessage>();
  let pollCount = 0;
  const server = createServer({ cert: certificate, key: privateKey }, (request, response) => {
    const { pathname } = new URL(request.url ?? "/", origin);
    if (pathname === "/token") {
      pollCount += 1;
      polled.resolve(request);
      return;
    }
    response.setHeader("content-type", "application/json");
    response.end(JSON.stringify(pathname === "/devicecode" ? deviceCode : metadata));
  });
  server.listen(0, "localhost");
  await once(server, "listening");
  const origin = `https://localhost:${(server.address() as AddressInfo).port}`;
  const metadata = {
    issuer: `${origin}/issuer`,
    authorization_endpoint: `${origin}/authorize`,
    token_endpoint: `${origin}/token`,
    device_authorization_endpoint: `${origin}/devicecode`,
  };
  const deviceCode = {
    device_code: "device-code-secret",
    user_code: "ABCD-EFGH",
    verification_uri: `${origin}/device`,
    ...code,
  };
  return {
    authorityHost: origin,
    tenantId: emulator.defaults.tenantId,
    polled: polled.promise,
    get pollCount() {
      return pollCount;
    },
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      server.close();
      await emulator[Symbol.asyncDispose]();
    },
  };
}
