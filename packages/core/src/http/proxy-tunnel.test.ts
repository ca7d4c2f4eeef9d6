import { once } from "node:events";
import { inspect } from "node:util";
import { afterEach, beforeAll, describe, expect, it } from "vitest";
import { startConnectProxy } from "../../test/http/connect-proxy.ts";
import type { ConnectProxy, ProxyAnswer } from "../../test/http/connect-proxy.ts";
import { certificateFor, json, startHttpsMock } from "../../test/http/https-mock.ts";
import type { Certificate, HttpsMock } from "../../test/http/https-mock.ts";
import { systemClock } from "../clock.ts";
import { AuthorityClient } from "../authority/authority-client.ts";
import type { AuthorityAnswer, AuthorityRequest } from "../authority/authority-client.ts";
import { nodeHttpsTransport } from "./node-https-transport.ts";
import type { ProxyEnvironment } from "./proxy-environment.ts";

let certificate: Certificate;
const open: AsyncDisposable[] = [];

beforeAll(async () => {
  certificate = await certificateFor(["localhost", "login.contoso.test"]);
});
afterEach(async () => {
  for (const each of open.splice(0).toReversed()) await each[Symbol.asyncDispose]();
});

async function authority(): Promise<HttpsMock> {
  const server = await startHttpsMock((_, response) => json(response, 200, { fine: true }), certificate);
  open.push(server);
  return server;
}

async function proxy(answer: ProxyAnswer): Promise<ConnectProxy> {
  const started = await startConnectProxy(answer);
  open.push(started);
  return started;
}

function client(env: ProxyEnvironment, connectTimeoutInMs = 5000): AuthorityClient {
  const transport = nodeHttpsTransport({ env, ca: certificate.cert, connectTimeoutInMs });
  return new AuthorityClient({ transport, clock: systemClock, requestTimeoutInMs: 5000, random: () => 0 });
}

function send(using: AuthorityClient, changes: Partial<AuthorityRequest> = {}): Promise<AuthorityAnswer> {
  const signal = new AbortController().signal;
  const url = "https://login.contoso.test/discovery";
  return using.send({ method: "GET", url, signal, correlationId: "c", repeat: "safe", ...changes });
}

const reason = (error: unknown): unknown => error;

describe("a request through a proxy", () => {
  it("A4: goes to the authority that is named, by CONNECT, and keeps its tunnel", async () => {
    const server = await authority();
    const through = await proxy({ tunnelTo: server.port });
    const using = client({ HTTPS_PROXY: through.url });
    expect((await send(using)).json).toEqual({ fine: true });
    expect((await send(using)).json).toEqual({ fine: true });
    expect(through.asked.map(({ url }) => url)).toEqual(["login.contoso.test:443"]);
    expect(server.received[0]?.headers.host).toBe("login.contoso.test");
    expect(through.asked[0]?.headers["proxy-authorization"]).toBeUndefined();
  });

  it("A4: does not when NO_PROXY exempts the host", async () => {
    const server = await authority();
    const through = await proxy({ tunnelTo: server.port });
    const using = client({ HTTPS_PROXY: through.url, NO_PROXY: "localhost" });
    expect((await send(using, { url: server.origin })).json).toEqual({ fine: true });
    expect(through.asked).toHaveLength(0);
  });

  it("brings the user name and password, decoded, as Basic", async () => {
    const server = await authority();
    const through = await proxy({ tunnelTo: server.port });
    await send(client({ HTTPS_PROXY: through.url.replace("://", "://user:p%40ss%3Aword@") }));
    const expected = `Basic ${Buffer.from("user:p@ss:word").toString("base64")}`;
    expect(through.asked[0]?.headers["proxy-authorization"]).toBe(expected);
  });

  it("checks the authority's certificate inside the tunnel", async () => {
    const server = await authority();
    const through = await proxy({ tunnelTo: server.port });
    const work = send(client({ HTTPS_PROXY: through.url }), { url: "https://login.fabrikam.test/" });
    expect(await work.catch(reason)).toMatchObject({
      code: "network",
      detail: "tls_failed",
      cause: { code: "ERR_TLS_CERT_ALTNAME_INVALID" },
    });
    expect(server.received).toHaveLength(0);
  });
});

describe("a proxy that does not help", () => {
  it("A2: is not asked twice with the same wrong password, which nobody gets to see", async () => {
    const through = await proxy({ status: "407 Proxy Authentication Required" });
    const url = through.url.replace("://", "://user:hunter2@");
    const error = await send(client({ HTTPS_PROXY: url })).catch(reason);
    expect(error).toMatchObject({ code: "network", detail: "proxy_refused", retryable: true });
    expect((error as Error).message).toContain(
      `No connection to login.contoso.test was made through the proxy ${through.host} (HTTP 407).`,
    );
    expect((error as { hint: string }).hint).toContain("HTTPS_PROXY");
    expect(inspect(error, { depth: 9 })).not.toMatch(/hunter2|aHVudGVyMg|dXNlcjpodW50ZXIy/);
    expect(through.asked).toHaveLength(1);
  });

  it("A2: is tried again when it is unwell", async () => {
    const through = await proxy({ status: "502 Bad Gateway" });
    const error = await send(client({ HTTPS_PROXY: through.url }), { repeat: "once" }).catch(reason);
    expect(error).toMatchObject({ code: "network", detail: "proxy_refused" });
    expect(through.asked).toHaveLength(3);
  });

  it("is named when it cannot be reached", async () => {
    const through = await proxy("silence");
    await through[Symbol.asyncDispose]();
    open.length = 0;
    const error = await send(client({ HTTPS_PROXY: through.url })).catch(reason);
    expect(error).toMatchObject({
      code: "network",
      detail: "connect_failed",
      cause: { code: "ECONNREFUSED" },
    });
    expect((error as Error).message).toContain(`through the proxy ${through.host} (ECONNREFUSED)`);
    // The variable is set already: to set it would be no advice.
    expect((error as Error).message).toContain("Check HTTPS_PROXY, which names that proxy");
  });

  it("is given up when it says nothing", async () => {
    const through = await proxy("silence");
    const error = await send(client({ HTTPS_PROXY: through.url }, 100), { repeat: "poll" }).catch(reason);
    expect(error).toMatchObject({ code: "network", detail: "connect_timeout" });
    // On a busy machine the client may give up before this process has seen the connection.
    while (through.sockets.length === 0) await new Promise<void>((resolve) => void setImmediate(resolve));
    const [socket] = through.sockets;
    if (socket?.closed === false) await once(socket.resume(), "close");
    expect(socket?.destroyed).toBe(true);
  });

  it("is left at once when the call is aborted", async () => {
    const through = await proxy("silence");
    const controller = new AbortController();
    const work = send(client({ HTTPS_PROXY: through.url }), { signal: controller.signal }).catch(reason);
    while (through.sockets.length === 0) await new Promise<void>((resolve) => void setImmediate(resolve));
    const [socket] = through.sockets;
    const gone = new Promise<void>((resolve) => void socket?.resume().once("close", resolve));
    controller.abort();
    expect(await work).toMatchObject({ name: "AbortError" });
    await gone;
  });

  it("is no proxy when HTTPS_PROXY is not its URL", async () => {
    const error = await send(client({ HTTPS_PROXY: "socks5://user:hunter2@proxy.test" })).catch(reason);
    expect(error).toMatchObject({ code: "network", detail: "proxy_invalid", retryable: false });
    expect(inspect(error, { depth: 9 })).not.toContain("hunter2");
  });
});
