import { once } from "node:events";
import { connect } from "node:net";
import { describe, expect, it, onTestFinished } from "vitest";
import { systemClock } from "../clock.ts";
import { statusAmidSignIn } from "../../test/loopback/status-amid-sign-in.ts";
import { listen, signIn, STATE } from "../../test/loopback/listen.ts";
import { exchange, request } from "../../test/loopback/raw-client.ts";

const good = { code: "the-code", state: STATE };
const encoded = new URLSearchParams(good).toString();

describe("a request target that is no path", () => {
  const targets = [
    "//",
    "///",
    "//localhost/",
    "/\\",
    "\\",
    "/\\localhost",
    "http://[::1/",
    "http://a:99999/",
    "http://localhost/",
    "*",
    "?code=x",
    "localhost",
    "/?\u00e4",
    "//?state=x",
  ];
  it.each(targets)("%s is refused and the sign-in goes on", async (target) => {
    expect(await statusAmidSignIn((port) => request(port, { target }))).toBe(400);
  });
});

describe("what is not HTTP", () => {
  it.each([
    ["garbage", Buffer.from([0, 255, 1, 254, 10, 13, 10, 13, 10])],
    ["a TLS hello", Buffer.from("16030100a5010000a10303", "hex")],
    ["an HTTP/2 preface", Buffer.from("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n")],
    ["a bare line feed header", Buffer.from("GET / HTTP/1.1\nHost localhost\n\n")],
    ["two lengths", Buffer.from("POST / HTTP/1.1\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nab")],
    [
      "length and chunks",
      Buffer.from("POST / HTTP/1.1\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"),
    ],
  ])("%s is answered with 400", async (_name, bytes) => {
    expect(await statusAmidSignIn(() => bytes)).toBe(400);
  });

  it.each<readonly [string, number, (port: number) => string]>([
    ["a line of 100 KB", 400, () => "A".repeat(100_000)],
    ["a URL of 1 MB", 431, (port) => request(port, { target: `/?${"a".repeat(1_000_000)}` })],
    ["a header of 1 MB", 431, (port) => request(port, { headers: [`X: ${"a".repeat(1_000_000)}`] })],
    [
      "10,000 headers",
      431,
      (port) => request(port, { headers: Array.from({ length: 10_000 }, (_, i) => `X${i}: y`) }),
    ],
  ])("%s is answered with %i", async (_name, status, raw) => {
    expect(await statusAmidSignIn(raw)).toBe(status);
  });
});

describe("the Host header", () => {
  it.each([
    "evil.example",
    "localhost",
    "localhost:1",
    "127.0.0.1",
    "127.0.0.2:PORT",
    "[::1]",
    "[::2]:PORT",
    "localhost.evil.example:PORT",
    "localhost:PORT.evil.example",
    "evil.example:PORT",
    "localhost@evil.example:PORT",
    "",
    "2130706433:PORT",
    "localhost:PORT, evil.example",
  ])('"%s" is refused', async (host) => {
    expect(
      await statusAmidSignIn((port) => request(port, { host: host.replace("PORT", String(port)) })),
    ).toBe(400);
  });
  it.each(["localhost:PORT", "LOCALHOST:PORT", "127.0.0.1:PORT", "[::1]:PORT"])(
    '"%s" is ours',
    async (host) => {
      expect(
        await statusAmidSignIn((port) => request(port, { host: host.replace("PORT", String(port)) })),
      ).toBe(200);
    },
  );
  it("must be there", async () =>
    expect(await statusAmidSignIn((port) => request(port, { host: null }))).toBe(400));
  it("must be there in HTTP/1.0, too", async () =>
    expect(await statusAmidSignIn(() => "GET / HTTP/1.0\r\n\r\n")).toBe(400));
  it("must be there once", async () => {
    expect(await statusAmidSignIn((port) => request(port, { headers: [`Host: localhost:${port}`] }))).toBe(
      400,
    );
    expect(await statusAmidSignIn((port) => request(port, { headers: ["Host: evil.example"] }))).toBe(400);
  });
});

describe("everything that is not an answer", () => {
  it.each([
    "/favicon.ico",
    "/robots.txt",
    "/sw.js",
    "/done",
    "/index.html",
    "/%2f",
    "/.",
    "/a?code=x",
    "/?/../x",
    "/..",
    "/;x",
  ])("GET %s finds nothing or the waiting page", async (target) => {
    const expected = target.startsWith("/?") ? 400 : 404;
    expect(await statusAmidSignIn((port) => request(port, { target }))).toBe(expected);
  });

  it("GET / shows a neutral page that says nothing of success", async () => {
    const test = await listen();
    const answer = await exchange(test.port, request(test.port));
    expect(answer.status).toBe(200);
    expect(answer.body).toContain("Waiting for the sign-in");
    expect(answer.body).not.toMatch(/complete|success/i);
    expect(await signIn(test)).toBe("the-right-code");
  });

  it.each(["HEAD", "OPTIONS", "PUT", "TRACE", "DELETE", "PATCH", "PROPFIND"])(
    "%s gets 405",
    async (method) => {
      const test = await listen();
      const answer = await exchange(
        test.port,
        request(test.port, {
          method,
          headers: [
            "Origin: https://example.test",
            "Access-Control-Request-Method: POST",
            "Access-Control-Request-Private-Network: true",
          ],
        }),
      );
      expect(answer.status).toBe(405);
      expect(answer.headers["allow"]).toBe("GET, POST");
      expect(answer.text).not.toMatch(/access-control-/i);
      expect(await signIn(test)).toBe("the-right-code");
    },
  );

  it.each<readonly [string, (port: number) => string]>([
    ["CONNECT", (port) => `CONNECT localhost:${port} HTTP/1.1\r\nHost: localhost:${port}\r\n\r\n`],
    ["Upgrade", (port) => request(port, { headers: ["Connection: Upgrade", "Upgrade: websocket"] })],
  ])("%s is cut off", async (_name, raw) => {
    const test = await listen();
    expect((await exchange(test.port, raw(test.port))).text).toBe("");
    expect(await signIn(test)).toBe("the-right-code");
  });

  it.each([
    "application/json",
    "multipart/form-data; boundary=x",
    "text/plain",
    "application/x-www-form-urlencoded; charset=utf-16",
    "x",
  ])("a POST of %s gets 415", async (type) => {
    expect(
      await statusAmidSignIn((port) =>
        request(port, { method: "POST", headers: [`Content-Type: ${type}`], body: encoded }),
      ),
    ).toBe(415);
  });
  it("a POST without a type gets 415", async () => {
    expect(
      await statusAmidSignIn(
        (port) =>
          `POST / HTTP/1.1\r\nHost: localhost:${port}\r\nContent-Length: ${encoded.length}\r\n\r\n${encoded}`,
      ),
    ).toBe(415);
  });
  it.each(["application/x-www-form-urlencoded; charset=UTF-8", "Application/X-WWW-Form-Urlencoded"])(
    "a POST of %s is read",
    async (type) => {
      const test = await listen();
      const shown = exchange(
        test.port,
        request(test.port, { method: "POST", headers: [`Content-Type: ${type}`], body: encoded }),
      );
      const response = await test.answer;
      await response.finish({ ok: true });
      expect((await shown).status).toBe(200);
      expect(response.code).toBe("the-code");
    },
  );

  it("a POST over 64 KiB gets 413, told by its length or found out", async () => {
    const large = "a".repeat(65 * 1024);
    expect(await statusAmidSignIn((port) => request(port, { method: "POST", body: large }))).toBe(413);
    expect(
      await statusAmidSignIn(
        (port) =>
          `POST / HTTP/1.1\r\nHost: localhost:${port}\r\nContent-Type: application/x-www-form-urlencoded\r\nTransfer-Encoding: chunked\r\n\r\n${large.length.toString(16)}\r\n${large}\r\n0\r\n\r\n`,
      ),
    ).toBe(413);
  });

  it.each<readonly [string, readonly string[], string]>([
    ["a few bytes of it", [], "code=x"],
    ["nothing of it", [], ""],
    ["a question whether to send it", ["Expect: 100-continue"], ""],
  ])("a POST that announces over 64 KiB gets 413 after %s", async (_name, expectation, begun) => {
    const form = ["Content-Type: application/x-www-form-urlencoded", ...expectation];
    const announce = (port: number, length: number): string =>
      request(port, { method: "POST", headers: [...form, `Content-Length: ${length}`] }) + begun;
    // The status is that of the first answer: no "100 Continue" came before it.
    expect(await statusAmidSignIn((port) => announce(port, 64 * 1024 + 1))).toBe(413);
    expect(await statusAmidSignIn((port) => announce(port, 999_999_999_999))).toBe(413);
  });

  it("a POST that announces over 64 KiB waits for no time limit to get its 413", async () => {
    const clock = { ...systemClock, after: () => ({ cancel: () => {} }) };
    const { port } = await listen({ clock });
    const socket = connect({ port, host: "127.0.0.1" });
    onTestFinished(() => void socket.destroy());
    const headers = ["Content-Type: application/x-www-form-urlencoded", "Content-Length: 65537"];
    socket.write(request(port, { method: "POST", headers }));
    const [first] = (await once(socket, "data")) as [Buffer];
    expect(first.toString()).toMatch(/^HTTP\/1\.1 413 /);
  });

  it("a POST of exactly 64 KiB is read, and invited where it asks", async () => {
    const body = `x=${"a".repeat(64 * 1024 - 2)}`;
    expect(await statusAmidSignIn((port) => request(port, { method: "POST", body }))).toBe(400);
    const asking = ["Expect: 100-continue"];
    expect(await statusAmidSignIn((port) => request(port, { method: "POST", headers: asking, body }))).toBe(
      100,
    );
  });
});
