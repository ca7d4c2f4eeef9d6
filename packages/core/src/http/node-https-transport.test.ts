import { execFile } from "node:child_process";
import { once } from "node:events";
import { createServer } from "node:net";
import type { AddressInfo, Socket } from "node:net";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { brotliCompressSync, deflateSync, gzipSync } from "node:zlib";
import { describe, expect, it, onTestFinished } from "vitest";
import { expectWithin } from "../../../../tools/measure/expect-within.ts";
import { startConnectProxy } from "../../test/http/connect-proxy.ts";
import { certificateFor, json, sequence, type Handler } from "../../test/http/https-mock.ts";
import { MOCK_CERTIFICATE, mockForTest } from "../../test/http/mock-for-test.ts";
import { VirtualClock } from "../../test/http/virtual-clock.ts";
import { HttpTransportError } from "./http-transport.ts";
import type { HttpRequest } from "./http-transport.ts";
import { nodeHttpsTransport } from "./node-https-transport.ts";

const fine: Handler = (_, response) => json(response, 200, { fine: true });

function get(url: string, changes: Partial<HttpRequest> = {}): HttpRequest {
  return { method: "GET", url, headers: {}, signal: new AbortController().signal, ...changes };
}

async function faultOf(work: Promise<unknown>): Promise<HttpTransportError> {
  const error: unknown = await work.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (!(error instanceof HttpTransportError)) throw new Error(`no HttpTransportError: ${String(error)}`);
  return error;
}

describe("connections", () => {
  it("are kept for the next request", async () => {
    const server = await mockForTest(fine);
    const transport = nodeHttpsTransport({ ca: server.certificate, env: {} });
    await transport(get(server.origin));
    await transport(get(server.origin));
    expect(server.received).toHaveLength(2);
    expect(server.connections).toHaveLength(1);
  });

  it("are new for a request that must not be repeated", async () => {
    const server = await mockForTest(fine);
    const transport = nodeHttpsTransport({ ca: server.certificate, env: {} });
    await transport(get(server.origin));
    await transport(get(server.origin, { freshConnection: true }));
    expect(server.connections).toHaveLength(2);
  });

  it("are dropped by close()", async () => {
    const server = await mockForTest(fine);
    const transport = nodeHttpsTransport({ ca: server.certificate, env: {} });
    await transport(get(server.origin));
    const [connection] = server.connections;
    const gone = once(connection as Socket, "close");
    transport.close();
    await gone;
    expect((await transport(get(server.origin))).status).toBe(200);
    expect(server.connections).toHaveLength(2);
  });

  it("A34: that died unnoticed are replaced, once, by a new one", async () => {
    const server = await mockForTest(sequence(fine, ({ raw }) => raw.socket.destroy(), fine));
    const transport = nodeHttpsTransport({ ca: server.certificate, env: {} });
    await transport(get(server.origin));
    expect((await transport(get(server.origin))).status).toBe(200);
    expect(server.connections).toHaveLength(2);
    expect(server.received).toHaveLength(3);
  });

  it("A34: a new one that is lost as well is an error", async () => {
    const server = await mockForTest(sequence(fine, ({ raw }) => raw.socket.destroy()));
    const transport = nodeHttpsTransport({ ca: server.certificate, env: {} });
    await transport(get(server.origin));
    expect(await faultOf(transport(get(server.origin)))).toMatchObject({
      fault: "connection_lost",
      code: "ECONNRESET",
      sent: true,
    });
    expect(server.received).toHaveLength(3);
  });

  it("A33: that are not made in time are given up, and the socket is gone", async () => {
    const silent = createServer();
    const clock = new VirtualClock();
    silent.once("connection", () => clock.ring());
    const accepted = once(silent, "connection") as Promise<[Socket]>;
    silent.listen(0, "127.0.0.1");
    await once(silent, "listening");
    const { port } = silent.address() as AddressInfo;
    const transport = nodeHttpsTransport({ env: {}, connectTimeoutInMs: 100, clock });
    const fault = await faultOf(transport(get(`https://localhost:${port}/`)));
    expect(fault).toMatchObject({ fault: "connect_timeout", sent: false });
    const [socket] = await accepted;
    if (!socket.closed) await once(socket.resume(), "close");
    silent.close();
  });

  it("A33: the limit is for the connection, not for the answer", async () => {
    const clock = new VirtualClock();
    const server = await mockForTest((received, response) => {
      clock.ring();
      fine(received, response);
    });
    const transport = nodeHttpsTransport({ ca: server.certificate, env: {}, clock });
    expect((await transport(get(server.origin))).status).toBe(200);
    expect((await transport(get(server.origin))).status).toBe(200);
    expect(clock.pending).toBe(0);
  });

  it.each(["directly", "through a proxy"])(
    "%s do not keep the process alive, and nothing is loaded before the first request",
    async (way) => {
      const server = await mockForTest(fine);
      const proxy = way === "directly" ? undefined : await startConnectProxy({ tunnelTo: server.port });
      if (proxy !== undefined) onTestFinished(() => proxy[Symbol.asyncDispose]());
      const script = fileURLToPath(new URL("../../test/http/one-request.ts", import.meta.url));
      const env = { ...process.env, ORIGIN: server.origin, CA: server.certificate, PROXY: proxy?.url ?? "" };
      await expectWithin(4000, async () => {
        const before = proxy?.asked.length ?? 0;
        const startedAt = performance.now();
        const { stdout } = await promisify(execFile)(process.execPath, [script], { env });
        const took = performance.now() - startedAt;
        expect(JSON.parse(stdout)).toEqual({ status: 200, loadedBefore: false, active: [] });
        expect(proxy?.asked.length ?? 1).toBe(before + 1);
        return took;
      });
    },
  );
});

describe("an abort", () => {
  it("destroys a connection that is being made", async () => {
    const silent = createServer();
    const accepted = once(silent, "connection") as Promise<[Socket]>;
    silent.listen(0, "127.0.0.1");
    await once(silent, "listening");
    const { port } = silent.address() as AddressInfo;
    const controller = new AbortController();
    const work = nodeHttpsTransport({ env: {} })(
      get(`https://localhost:${port}/`, { signal: controller.signal }),
    );
    const reason = work.catch((error: unknown) => error);
    const [socket] = await accepted;
    const gone = once(socket.resume(), "close");
    controller.abort();
    expect(await reason).toMatchObject({ name: "AbortError" });
    await gone;
    silent.close();
  });
});

describe("certificates", () => {
  it("A3: that have expired", async () => {
    const year = 365 * 86_400_000;
    const old = await certificateFor(["localhost"], {
      notBeforeDate: new Date(Date.now() - 2 * year),
      notAfterDate: new Date(Date.now() - year),
    });
    const server = await mockForTest(fine, old);
    expect(await faultOf(nodeHttpsTransport({ ca: old.cert, env: {} })(get(server.origin)))).toMatchObject({
      fault: "tls_failed",
      code: "CERT_HAS_EXPIRED",
      sent: false,
    });
  });

  it("A3: that are for another name", async () => {
    const other = await certificateFor(["login.contoso.test"]);
    const server = await mockForTest(fine, other);
    expect(await faultOf(nodeHttpsTransport({ ca: other.cert, env: {} })(get(server.origin)))).toMatchObject({
      fault: "tls_failed",
      code: "ERR_TLS_CERT_ALTNAME_INVALID",
      sent: false,
    });
  });

  it("A3: of a chain that nobody knows", async () => {
    const authority = await certificateFor(["Test authority"], { isAuthority: true });
    const leaf = await certificateFor(["localhost"], { ca: authority });
    const server = await mockForTest(fine, { key: leaf.key, cert: `${leaf.cert}\n${authority.cert}` });
    const transport = nodeHttpsTransport({ env: {}, systemAuthorities: () => [] });
    expect(await faultOf(transport(get(server.origin)))).toMatchObject({
      fault: "tls_failed",
      code: "SELF_SIGNED_CERT_IN_CHAIN",
      sent: false,
    });
    expect(server.received).toHaveLength(0);
  });

  it("that only the system's authorities vouch for are accepted, and they are asked once", async () => {
    const server = await mockForTest(fine);
    let asked = 0;
    const systemAuthorities = (): readonly string[] => {
      asked += 1;
      return [MOCK_CERTIFICATE.cert];
    };
    const transport = nodeHttpsTransport({ env: {}, systemAuthorities });
    expect((await transport(get(server.origin))).status).toBe(200);
    expect((await transport(get(server.origin))).status).toBe(200);
    expect(asked).toBe(1);
    expect(server.received).toHaveLength(2);
  });

  it("that neither vouches for are refused, and the system is asked once", async () => {
    const server = await mockForTest(fine);
    const stranger = await certificateFor(["localhost"]);
    let asked = 0;
    const systemAuthorities = (): readonly string[] => {
      asked += 1;
      return [stranger.cert];
    };
    const transport = nodeHttpsTransport({ env: {}, systemAuthorities });
    for (let call = 0; call < 2; call += 1) {
      expect(await faultOf(transport(get(server.origin)))).toMatchObject({ fault: "tls_failed" });
    }
    expect(asked).toBe(1);
    expect(server.received).toHaveLength(0);
  });

  it("are a matter of the caller's own authorities alone, when it names some", async () => {
    const server = await mockForTest(fine);
    const stranger = await certificateFor(["localhost"]);
    const systemAuthorities = (): readonly string[] => [MOCK_CERTIFICATE.cert];
    const transport = nodeHttpsTransport({ env: {}, ca: stranger.cert, systemAuthorities });
    expect(await faultOf(transport(get(server.origin)))).toMatchObject({ fault: "tls_failed" });
  });

  it("a server without TLS is not an authority", async () => {
    const plain = createServer((socket) => socket.end("HTTP/1.1 200 OK\r\n\r\n"));
    plain.listen(0, "127.0.0.1");
    await once(plain, "listening");
    const { port } = plain.address() as AddressInfo;
    const fault = await faultOf(nodeHttpsTransport({ env: {} })(get(`https://localhost:${port}/`)));
    expect(fault).toMatchObject({ fault: "tls_failed", sent: false });
    plain.close();
  });
});

describe("an answer", () => {
  it.each([
    ["gzip", gzipSync],
    ["deflate", deflateSync],
    ["br", brotliCompressSync],
    ["identity", (body: Buffer) => body],
    ["GZIP", gzipSync],
  ] as const)("in %s is inflated", async (encoding, compress) => {
    const server = await mockForTest((_, response) =>
      response.writeHead(200, { "content-encoding": encoding }).end(compress(Buffer.from('{"fine":true}'))),
    );
    const answer = await nodeHttpsTransport({ ca: server.certificate, env: {} })(get(server.origin));
    expect(Buffer.from(answer.body).toString()).toBe('{"fine":true}');
    expect(server.received[0]?.headers["accept-encoding"]).toBe("gzip, deflate, br");
  });

  it.each([
    ["of an unknown coding", "zstd-9", Buffer.from("x")],
    ["of two codings", "gzip, br", gzipSync("x")],
    ["that is not what it says", "gzip", Buffer.from("plain")],
    ["whose compressed body is cut", "gzip", gzipSync(Buffer.alloc(1000, 1)).subarray(0, 12)],
  ])("%s is malformed", async (_name, encoding, body) => {
    const server = await mockForTest((_, response) =>
      response.writeHead(200, { "content-encoding": encoding }).end(body),
    );
    const fault = await faultOf(nodeHttpsTransport({ ca: server.certificate, env: {} })(get(server.origin)));
    expect(fault).toMatchObject({ fault: "malformed_response", sent: true });
  });

  it("with 16 KiB of headers is too large", async () => {
    const server = await mockForTest((_, response) =>
      response.writeHead(200, { "x-long": "x".repeat(17_000) }).end(),
    );
    const fault = await faultOf(nodeHttpsTransport({ ca: server.certificate, env: {} })(get(server.origin)));
    expect(fault).toMatchObject({ fault: "response_too_large", code: "HPE_HEADER_OVERFLOW" });
  });

  it("that is not HTTP is malformed", async () => {
    const server = await mockForTest(({ raw }) => raw.socket.end("HELO mail\r\n\r\n"));
    const fault = await faultOf(nodeHttpsTransport({ ca: server.certificate, env: {} })(get(server.origin)));
    expect(fault).toMatchObject({ fault: "malformed_response", sent: true });
  });

  it("that changes the protocol, which nobody asked for, is malformed", async () => {
    const server = await mockForTest((_, response) => {
      response.socket?.end("HTTP/1.1 101 Switching Protocols\r\nUpgrade: x\r\nConnection: Upgrade\r\n\r\n");
    });
    const transport = nodeHttpsTransport({ ca: server.certificate, env: {} });
    expect(await faultOf(transport(get(server.origin)))).toMatchObject({
      fault: "malformed_response",
      sent: true,
    });
  });

  it("of exactly 1 MiB is read, one byte more is not", async () => {
    const server = await mockForTest(({ path }, response) =>
      response.end(Buffer.alloc(Number(path.slice(1)), 32)),
    );
    const transport = nodeHttpsTransport({ ca: server.certificate, env: {} });
    expect((await transport(get(`${server.origin}/1048576`))).body).toHaveLength(1_048_576);
    expect(await faultOf(transport(get(`${server.origin}/1048577`)))).toMatchObject({
      fault: "response_too_large",
    });
  });

  it("gives its headers without case, doubled ones joined", async () => {
    const server = await mockForTest((_, response) =>
      response
        .writeHead(
          200,
          [
            ["X-One", "1"],
            ["Set-Cookie", "a"],
            ["Set-Cookie", "b"],
          ].flat(),
        )
        .end(),
    );
    const answer = await nodeHttpsTransport({ ca: server.certificate, env: {} })(get(server.origin));
    expect(answer.header("x-ONE")).toBe("1");
    expect(answer.header("set-cookie")).toBe("a, b");
    expect(answer.header("missing")).toBeUndefined();
  });
});
