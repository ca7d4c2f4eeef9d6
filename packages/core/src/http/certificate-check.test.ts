import { once } from "node:events";
import { createServer } from "node:https";
import type { AddressInfo } from "node:net";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { startConnectProxy } from "../../test/http/connect-proxy.ts";
import { certificateFor, json, startHttpsMock } from "../../test/http/https-mock.ts";
import type { HttpsMock } from "../../test/http/https-mock.ts";
import type { HttpTransportError } from "./http-transport.ts";
import { nodeHttpsTransport } from "./node-https-transport.ts";
import type { ProxyEnvironment } from "./proxy-environment.ts";

let server: HttpsMock;
const open: AsyncDisposable[] = [];

beforeEach(async () => {
  // Node itself says so, once for each process.
  vi.stubEnv("NODE_TLS_REJECT_UNAUTHORIZED", "0");
  vi.spyOn(process, "emitWarning").mockImplementation(() => {});
  server = await startHttpsMock((_, response) => json(response, 200, { fine: true }));
  open.push(server);
});
afterEach(async () => {
  vi.unstubAllEnvs();
  vi.restoreAllMocks();
  for (const each of open.splice(0)) await each[Symbol.asyncDispose]();
});

async function faultWith(env: ProxyEnvironment, ca?: string): Promise<HttpTransportError> {
  const transport = nodeHttpsTransport({
    env,
    systemAuthorities: () => [],
    ...(ca === undefined ? {} : { ca }),
  });
  const work = transport({
    method: "GET",
    url: server.origin,
    headers: {},
    signal: new AbortController().signal,
  });
  return work.then(
    ({ status }) => {
      throw new Error(`answered ${status}`);
    },
    (error: HttpTransportError) => error,
  );
}

test("NODE_TLS_REJECT_UNAUTHORIZED=0 does not switch the check of the authority's certificate off", async () => {
  expect(await faultWith({})).toMatchObject({ fault: "tls_failed", sent: false });
  expect(server.received).toEqual([]);
});

test("nor behind a proxy", async () => {
  const proxy = await startConnectProxy({ tunnelTo: server.port });
  open.push(proxy);
  expect(await faultWith({ HTTPS_PROXY: proxy.url })).toMatchObject({ fault: "tls_failed", sent: false });
  expect(server.received).toEqual([]);
});

test("nor the one of a proxy's", async () => {
  const { key, cert } = await certificateFor(["localhost", "127.0.0.1"]);
  const proxy = createServer({ key, cert });
  const asked: string[] = [];
  proxy.on("connect", ({ url }, socket) => {
    asked.push(url ?? "");
    socket.destroy();
  });
  proxy.listen(0, "127.0.0.1");
  await once(proxy, "listening");
  const url = `https://127.0.0.1:${(proxy.address() as AddressInfo).port}`;
  const error = await faultWith({ HTTPS_PROXY: url }, server.certificate);
  proxy.close();
  expect(error.cause).toMatchObject({ code: "DEPTH_ZERO_SELF_SIGNED_CERT" });
  expect(asked).toEqual([]);
});
