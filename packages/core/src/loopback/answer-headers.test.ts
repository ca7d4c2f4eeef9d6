import { describe, expect, it } from "vitest";
import { listen, STATE } from "../../test/loopback/listen.ts";
import { exchange, formPost, halfOpen, request } from "../../test/loopback/raw-client.ts";
import { ANSWER_HEADERS } from "./answer-headers.ts";

const good = { code: "the-code", state: STATE };
// As browsers begin it: a record of a handshake of TLS 1.0, and in it a ClientHello.
const CLIENT_HELLO = Buffer.from("16030100c4010000c00303", "hex");

describe("every answer of the listener has the same headers", () => {
  it.each<readonly [string, number, (port: number, link: string) => string | Buffer]>([
    ["a page", 200, (port) => request(port)],
    ["the last page", 200, (port) => formPost(port, { error: "access_denied", state: STATE })],
    [
      "the way on from a code in the URL",
      303,
      (port) => request(port, { target: `/?code=a&state=${STATE}` }),
    ],
    ["the way on from the one-time link", 303, (port, target) => request(port, { target })],
    ["a wrong answer", 400, (port) => formPost(port, { code: "a", state: "wrong" })],
    ["another Host", 400, (port) => request(port, { host: "evil.test" })],
    ["no Host", 400, (port) => request(port, { host: null })],
    ["no Host in HTTP/1.0", 400, () => "GET / HTTP/1.0\r\n\r\n"],
    ["two Hosts", 400, (port) => request(port, { headers: [`Host: localhost:${port}`] })],
    ["another path", 404, (port) => request(port, { target: "/favicon.ico" })],
    ["a port that is not free", 404, (port) => request(port, { method: "POST", target: "/leave", body: "" })],
    ["another method", 405, (port) => request(port, { method: "PUT" })],
    [
      "too large a form",
      413,
      (port) =>
        request(port, {
          method: "POST",
          headers: ["Content-Type: application/x-www-form-urlencoded", "Content-Length: 70000"],
        }),
    ],
    [
      "another form",
      415,
      (port) => request(port, { method: "POST", headers: ["Content-Type: text/plain"], body: "x" }),
    ],
    ["an expectation", 405, (port) => request(port, { method: "PUT", headers: ["Expect: the-unexpected"] })],
    ["too large a head", 431, (port) => request(port, { headers: [`X: ${"x".repeat(20_000)}`] })],
    ["no HTTP", 400, () => "hello\r\n\r\n"],
    ["a broken length", 400, (port) => request(port, { headers: ["Content-Length: x"] })],
    ["TLS", 400, () => CLIENT_HELLO],
  ])("%s", async (_name, status, textOf) => {
    const test = await listen();
    const link = new URL(test.listener.linkTo("https://login.example.test/").url).pathname;
    const answer = await exchange(test.port, textOf(test.port, link));
    expect(answer.status).toBe(status);
    for (const [name, value] of Object.entries(ANSWER_HEADERS)) {
      const sent = answer.headers[name.toLowerCase()];
      if (name === "Content-Security-Policy")
        expect(sent).toMatch(/^default-src 'none'; .*frame-ancestors 'none'$/);
      else expect(sent).toBe(value);
    }
  });

  it("an answer that was already used", async () => {
    const test = await listen();
    await exchange(test.port, formPost(test.port, { error: "access_denied", state: STATE }));
    const answer = await exchange(test.port, formPost(test.port, good));
    expect(answer.status).toBe(410);
    expect(answer.headers).toMatchObject({ "x-frame-options": "DENY", "referrer-policy": "no-referrer" });
  });
});

describe("a browser that upgrades http to https", () => {
  it("is warned about once, with what to do, and the sign-in goes on", async () => {
    const test = await listen();
    expect(test.listener.greetedByTls).toBe(false);
    for (let index = 0; index < 3; index += 1) await exchange(test.port, CLIENT_HELLO);
    expect(test.listener.greetedByTls).toBe(true);
    expect(test.warnings).toHaveLength(1);
    expect(test.warnings[0]).toMatch(
      /^browser_used_https: .*HTTPS-only mode.*chrome:\/\/net-internals\/#hsts/,
    );
  });

  it("is known by its first byte alone, and nothing else is taken for it", async () => {
    const one = await listen();
    const socket = await halfOpen(one.port);
    socket.write(CLIENT_HELLO.subarray(0, 1));
    await new Promise((resolve) => socket.once("close", resolve));
    expect(one.warnings).toHaveLength(1);
    const other = await listen();
    for (const bytes of ["hello\r\n\r\n", Buffer.from([0x15, 3, 1, 0, 2, 2, 40]), Buffer.from([0])]) {
      await exchange(other.port, bytes);
    }
    expect(other.warnings).toEqual([]);
  });
});
