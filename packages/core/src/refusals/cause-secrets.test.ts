import { inspect } from "node:util";
import { afterEach, beforeAll, expect, test } from "vitest";
import { certificateFor, startHttpsMock } from "../../test/http/https-mock.ts";
import type { Certificate, HttpsMock } from "../../test/http/https-mock.ts";
import { systemClock } from "../clock.ts";
import { AuthorityClient } from "../authority/authority-client.ts";
import { fetchTransport } from "../http/fetch-transport.ts";
import type { HttpTransport } from "../http/http-transport.ts";
import { nodeHttpsTransport } from "../http/node-https-transport.ts";

const CODE = "0.AXoA-the-code-of-this-request";
const TOKEN = "eyJ-the-token-of-this-answer";

let certificate: Certificate;
let server: HttpsMock | undefined;
beforeAll(async () => {
  certificate = await certificateFor(["localhost"]);
});
afterEach(async () => {
  await server?.[Symbol.asyncDispose]();
  server = undefined;
});

async function failureOf(transport: HttpTransport, origin: string): Promise<Error> {
  const client = new AuthorityClient({ transport, clock: systemClock, requestTimeoutInMs: 5000 });
  return client
    .send({
      method: "POST",
      url: `${origin}/token`,
      form: { code: CODE, code_verifier: "the-verifier-of-this-request" },
      signal: new AbortController().signal,
      correlationId: "c",
      repeat: "once",
    })
    .then(
      () => expect.fail("It was answered."),
      (error: Error) => error,
    );
}

function expectNoSecret(error: Error): void {
  const seen = new Set<unknown>();
  const walk = (value: unknown): string => {
    if (ArrayBuffer.isView(value))
      return Buffer.from(value.buffer, value.byteOffset, value.byteLength).toString();
    if (typeof value !== "object" || value === null || seen.has(value)) return String(value);
    seen.add(value);
    return Reflect.ownKeys(value)
      .map((key) => walk((value as Record<PropertyKey, unknown>)[key]))
      .join("\n");
  };
  const all = walk(error) + inspect(error, { depth: 9, showHidden: true });
  for (const secret of [CODE, TOKEN, "the-verifier"]) expect(all).not.toContain(secret);
}

test("an answer that is not HTTP does not stay in the error", async () => {
  server = await startHttpsMock(
    ({ raw }) => raw.socket.end(`HTTP/1.1 200 OK\r\nno header\r\n\r\n{"access_token":"${TOKEN}"}`),
    certificate,
  );
  const error = await failureOf(nodeHttpsTransport({ ca: server.certificate, env: {} }), server.origin);
  expect(error).toMatchObject({
    code: "invalid_response",
    cause: { code: expect.stringMatching(/^HPE_/) as string },
  });
  expectNoSecret(error);
});

test("a parser's error of a caller's own fetch loses the bytes that it quotes", async () => {
  const parser = Object.assign(new Error("Invalid chunk"), {
    code: "HPE_INVALID_CHUNK_SIZE",
    data: `{"access_token":"${TOKEN}"}`,
  });
  const transport = fetchTransport(() => Promise.reject(new TypeError("fetch failed", { cause: parser })));
  const error = await failureOf(transport, "https://login.example.test");
  expect(error).toMatchObject({ code: "invalid_response", cause: { message: "fetch failed" } });
  expectNoSecret(error);
});

test.each([
  ["its message", (body: string) => new Error(`Could not send ${body}`)],
  ["a property", (body: string) => Object.assign(new Error("Could not send"), { config: { data: body } })],
  ["its cause", (body: string) => new Error("Could not send", { cause: new Error(body) })],
  ["bytes", (body: string) => Object.assign(new Error("Could not send"), { sent: Buffer.from(body) })],
])("what a caller's own fetch throws is the cause, without the secrets in %s", async (_, thrown) => {
  const transport = fetchTransport((_url, init) =>
    Promise.reject(Object.assign(thrown(init?.body as string), { code: "ECONNRESET" })),
  );
  const error = await failureOf(transport, "https://login.example.test");
  expect(error).toMatchObject({ code: "network", cause: { code: "ECONNRESET" } });
  expect((error.cause as Error).message).toMatch(/^Could not send/);
  expectNoSecret(error);
});

test("what a caller's own fetch throws is the cause itself where it tells no secret", async () => {
  const thrown = new Error("The network is down");
  const error = await failureOf(
    fetchTransport(() => Promise.reject(thrown)),
    "https://login.example.test",
  );
  expect(error.cause).toBe(thrown);
});
