import type { ServerResponse } from "node:http";
import { gzipSync } from "node:zlib";
import { inspect } from "node:util";
import { describe, expect, it, vi } from "vitest";
import { expectWithin, timeOf } from "../../../../tools/measure/expect-within.ts";
import { certificateFor, json, sequence, startHttpsMock } from "../../test/http/https-mock.ts";
import type { Handler, HttpsMock } from "../../test/http/https-mock.ts";
import { MOCK_CERTIFICATE, mockForTest } from "../../test/http/mock-for-test.ts";
import { VirtualClock } from "../../test/http/virtual-clock.ts";
import { systemClock } from "../clock.ts";
import { AbortError } from "../errors/abort-error.ts";
import { AuthenticationError } from "../errors/authentication-error.ts";
import { AuthorityClient } from "./authority-client.ts";
import type { AuthorityRequest } from "./authority-client.ts";
import type { HttpTransport } from "../http/http-transport.ts";
import { nodeHttpsTransport } from "../http/node-https-transport.ts";

const SECRET = "0.AXoA-this-is-the-secret-refresh-token";
const TOKEN = { access_token: "eyJ-access", token_type: "Bearer", expires_in: 3600 };

function clientFor(server: Pick<HttpsMock, "certificate">, requestTimeoutInMs = 5000): AuthorityClient {
  const transport = nodeHttpsTransport({ ca: server.certificate, env: {} });
  // Without jitter there is no pause between two tries.
  return new AuthorityClient({ transport, clock: systemClock, requestTimeoutInMs, random: () => 0 });
}

function request(
  server: Pick<HttpsMock, "origin">,
  changes: Partial<AuthorityRequest> = {},
): AuthorityRequest {
  return {
    method: "POST",
    url: `${server.origin}/tenant/oauth2/v2.0/token`,
    form: { grant_type: "refresh_token", refresh_token: SECRET },
    signal: new AbortController().signal,
    correlationId: "11111111-2222-3333-4444-555555555555",
    repeat: "safe",
    ...changes,
  };
}

async function failureOf(work: Promise<unknown>): Promise<AuthenticationError> {
  const error: unknown = await work.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (!(error instanceof AuthenticationError)) throw new Error(`no AuthenticationError: ${inspect(error)}`);
  return error;
}

describe("a request", () => {
  it("is sent as a form, names its correlation id, and brings a JSON object without prototypes", async () => {
    const server = await mockForTest((_, response) => json(response, 200, { ...TOKEN, constructor: 1 }));
    const answer = await clientFor(server).send(request(server));
    expect(answer.status).toBe(200);
    expect(answer.json).toMatchObject({ access_token: "eyJ-access", constructor: 1 });
    expect(Object.getPrototypeOf(answer.json)).toBeNull();
    expect(answer.header("Content-Type")).toContain("json");
    const [received] = server.received;
    expect(received?.form).toEqual({ grant_type: "refresh_token", refresh_token: SECRET });
    expect(received?.headers["client-request-id"]).toBe("11111111-2222-3333-4444-555555555555");
    expect(received?.headers["content-type"]).toBe("application/x-www-form-urlencoded;charset=utf-8");
  });

  it("may bring a form that is already encoded, and headers that win", async () => {
    const server = await mockForTest((_, response) => json(response, 200, TOKEN));
    await clientFor(server).send({
      ...request(server),
      form: undefined as never,
      body: "a=1&b=x%20y",
      headers: { "Client-Request-Id": "other" },
    });
    expect(server.received[0]?.form).toEqual({ a: "1", b: "x y" });
    expect(server.received[0]?.headers["client-request-id"]).toBe("other");
  });

  it("tells how far the authority's clock is ahead", async () => {
    const server = await mockForTest((_, response) =>
      json(response, 200, {}, { date: new Date(Date.now() + 7_200_000).toUTCString() }),
    );
    const told: number[] = [];
    const transport = nodeHttpsTransport({ ca: server.certificate, env: {} });
    const settings = { transport, clock: systemClock, requestTimeoutInMs: 5000 };
    const client = new AuthorityClient({ ...settings, onClockSkew: (skew) => told.push(skew) });
    const answer = await client.send(request(server));
    await client.send(request(server));
    expect(answer.skewInMs).toBeGreaterThan(7_190_000);
    expect(told).toHaveLength(1);
  });
});

describe("an authority that cannot be reached", () => {
  it("A1: a refused connection says where and why", async () => {
    const server = await startHttpsMock(() => undefined, MOCK_CERTIFICATE);
    const { origin, host } = server;
    await server[Symbol.asyncDispose]();
    const error = await failureOf(clientFor(server).send(request({ origin })));
    expect(error).toMatchObject({ code: "network", detail: "connect_failed", retryable: true });
    expect(error.message).toContain(`Cannot reach ${host} (ECONNREFUSED)`);
    expect(error.cause).toMatchObject({ code: "ECONNREFUSED" });
  });

  it.each(["ENOTFOUND", "EAI_AGAIN", "EHOSTUNREACH", "ENETUNREACH"])("A2: says %s", async (code) => {
    const cause = Object.assign(new Error(`getaddrinfo ${code}`), { code });
    const transport: HttpTransport = () => Promise.reject(cause);
    const settings = { transport, clock: systemClock, requestTimeoutInMs: 5000, random: () => 0 };
    const work = new AuthorityClient(settings).send(request({ origin: "https://login.contoso.test" }));
    const error = await failureOf(work);
    expect(error).toMatchObject({ code: "network", detail: "connect_failed", retryable: true });
    expect(error.message).toContain(`Cannot reach login.contoso.test (${code})`);
    expect(error.cause).toBe(cause);
  });

  it("A3: an unknown certificate authority is named, with what to do, and not tried again", async () => {
    const server = await mockForTest((_, response) => json(response, 200, TOKEN));
    const stranger = await certificateFor(["localhost"]);
    const error = await failureOf(clientFor({ certificate: stranger.cert }).send(request(server)));
    expect(error).toMatchObject({ code: "network", detail: "tls_failed", retryable: false });
    expect(error.cause).toMatchObject({ code: "DEPTH_ZERO_SELF_SIGNED_CERT" });
    expect(error.hint).toContain("NODE_EXTRA_CA_CERTS");
    expect(server.received).toHaveLength(0);
  });

  it("A12: a lost connection is tried again for a refresh, four times in all", async () => {
    const server = await mockForTest(({ raw }) => raw.socket.destroy());
    const error = await failureOf(clientFor(server).send(request(server)));
    expect(error).toMatchObject({ code: "network", detail: "connection_lost", retryable: true });
    expect(error.cause).toMatchObject({ code: "ECONNRESET" });
    expect(server.received).toHaveLength(4);
  });

  it.each(["once", "poll"] as const)(
    "A12: a lost connection is not tried again for repeat: %s",
    async (repeat) => {
      const server = await mockForTest(({ raw }) => raw.socket.destroy());
      const error = await failureOf(clientFor(server).send(request(server, { repeat })));
      expect(error).toMatchObject({ code: "network", detail: "connection_lost" });
      expect(server.received).toHaveLength(1);
    },
  );

  it("A12: a code is redeemed on a connection of its own, which cannot have died unnoticed", async () => {
    const server = await mockForTest((_, response) => json(response, 200, TOKEN));
    const client = clientFor(server);
    await client.send(request(server));
    await client.send(request(server));
    expect(server.connections).toHaveLength(1);
    await client.send(request(server, { repeat: "once" }));
    expect(server.connections).toHaveLength(2);
  });

  it("A12: a body that is cut off is a lost connection", async () => {
    const server = await mockForTest((_, response) => {
      response.writeHead(200, { "content-type": "application/json", "content-length": "1000" });
      response.write('{"access_token":"abc');
      setImmediate(() => response.socket?.destroy());
    });
    const error = await failureOf(clientFor(server).send(request(server, { repeat: "once" })));
    expect(error).toMatchObject({ code: "network", detail: "connection_lost" });
    expect(server.received).toHaveLength(1);
  });

  it("A13: two lost connections and then an answer is an answer", async () => {
    const lost: Handler = ({ raw }) => raw.socket.destroy();
    const server = await mockForTest(sequence(lost, lost, (_, response) => json(response, 200, TOKEN)));
    expect((await clientFor(server).send(request(server))).json).toMatchObject(TOKEN);
    expect(server.received).toHaveLength(3);
  });

  it("A14: a server that never answers ends the request, and the time is for the whole of it", async () => {
    const clock = new VirtualClock();
    const server = await mockForTest(() => clock.ring());
    const transport = nodeHttpsTransport({ ca: server.certificate, env: {} });
    const client = new AuthorityClient({ transport, clock, requestTimeoutInMs: 150, random: () => 0 });
    const error = await failureOf(client.send(request(server, { repeat: "once" })));
    expect(error).toMatchObject({ code: "timeout", detail: "request_timeout", retryable: true });
    expect(server.received).toHaveLength(1);
  });

  it("A15: one byte after the other does not stretch the time", async () => {
    const server = await mockForTest((_, response) => {
      response.writeHead(200, { "content-type": "application/json" });
      const drip = setInterval(() => response.write(" "), 20);
      response.on("close", () => clearInterval(drip));
    });
    await expectWithin(1500, () =>
      timeOf(async () => {
        const error = await failureOf(clientFor(server, 200).send(request(server, { repeat: "poll" })));
        expect(error).toMatchObject({ code: "timeout", detail: "request_timeout" });
      }),
    );
  });
});

describe("an authority that is not well", () => {
  const bad: readonly [name: string, handler: Handler][] = [
    ["500 with JSON", (_, response) => json(response, 500, { error: "server_error" })],
    [
      "500 with a web page",
      (_, response) => response.writeHead(500, { "content-type": "text/html" }).end("<h1>"),
    ],
    ["502 without anything", (_, response) => response.writeHead(502).end()],
    ["503 with {}", (_, response) => json(response, 503, {})],
    ["408", (_, response) => json(response, 408, {})],
  ];
  it.each(bad)("A5, A6: %s is tried again, then told", async (_name, handler) => {
    const server = await mockForTest(handler);
    const error = await failureOf(clientFor(server).send(request(server)));
    expect(error).toMatchObject({ code: "network", detail: "server_error", retryable: true });
    expect(error.message).toMatch(/answered (500|502|503|408)\./);
    expect(server.received).toHaveLength(4);
  });

  it.each(bad)("%s: a code is sent again only where it was not worked on", async (name, handler) => {
    const server = await mockForTest(handler);
    await failureOf(clientFor(server).send(request(server, { repeat: "once" })));
    expect(server.received).toHaveLength(name.startsWith("503") ? 4 : 1);
  });

  it("A10: 503 twice, then good, is good", async () => {
    const unwell: Handler = (_, response) => json(response, 503, {});
    const server = await mockForTest(sequence(unwell, unwell, (_, response) => json(response, 200, TOKEN)));
    expect((await clientFor(server).send(request(server))).json).toMatchObject(TOKEN);
  });

  it("A20: keeps what the authority says about it", async () => {
    const server = await mockForTest((_, response) =>
      json(response, 503, {
        error: "temporarily_unavailable",
        error_description: "AADSTS90033: A transient error has occurred. Trace ID: x",
        trace_id: "aaaaaaaa-0000-0000-0000-000000000000",
        timestamp: "2026-01-01 00:00:00Z",
      }),
    );
    const error = await failureOf(clientFor(server).send(request(server)));
    expect(error).toMatchObject({
      code: "network",
      detail: "server_error",
      retryable: true,
      aadsts: 90033,
      traceId: "aaaaaaaa-0000-0000-0000-000000000000",
      timestamp: "2026-01-01 00:00:00Z",
      correlationId: "11111111-2222-3333-4444-555555555555",
    });
    expect(error.message).toContain("[AADSTS90033: A transient error has occurred.]");
  });

  it("A27: the next call goes out again", async () => {
    let unwell = true;
    const server = await mockForTest((_, response) =>
      unwell ? json(response, 503, {}) : json(response, 200, TOKEN),
    );
    const client = clientFor(server);
    await failureOf(client.send(request(server)));
    unwell = false;
    expect((await client.send(request(server))).json).toMatchObject(TOKEN);
  });
});

describe("an answer that no authority sends", () => {
  const page = "<html><body>Welcome to the hotel</body></html>";
  const cases: readonly [name: string, type: string, body: string | Uint8Array, detail: string][] = [
    ["broken JSON", "application/json", '{"access_token":', "not_json"],
    ["a web page", "text/html; charset=utf-8", page, "not_json"],
    ["JSON that calls itself a web page", "text/html", '{"access_token":"a"}', "not_json"],
    ["nothing", "application/json", "", "not_json"],
    ["null", "application/json", "null", "not_an_object"],
    ["an array", "application/json", "[]", "not_an_object"],
    ["a number", "application/json", "42", "not_an_object"],
    ["a text", "application/json", '"token"', "not_an_object"],
    ["bytes that are not UTF-8", "application/json", Buffer.from("7b2261223a22ff227d", "hex"), "not_json"],
    ["a thousand levels", "application/json", `${'{"a":'.repeat(1000)}1${"}".repeat(1000)}`, "not_an_object"],
  ];
  it.each(cases)("A11: %s is refused, and its text is not repeated", async (_name, type, body, detail) => {
    const server = await mockForTest((_, response) =>
      response.writeHead(200, { "content-type": type }).end(body),
    );
    const error = await failureOf(clientFor(server).send(request(server)));
    expect(error).toMatchObject({ code: "invalid_response", detail, retryable: false });
    expect(error.message).toContain(`The answer of ${server.host} is not`);
    expect(error.message).toContain(`(${type.split(";")[0]}, status 200)`);
    expect(error.hint).toContain("captive portal or proxy");
    expect(error.message).not.toContain("Welcome");
    expect(server.received).toHaveLength(1);
  });

  it("A11: {} is handed over: what a token needs is the caller's matter", async () => {
    const server = await mockForTest((_, response) => json(response, 200, {}));
    expect((await clientFor(server).send(request(server))).json).toEqual({});
  });

  it.each([301, 302, 303, 307, 308])("A18: a redirect with the status %i is not followed", async (status) => {
    const other = await mockForTest((_, response) => json(response, 200, TOKEN));
    const server = await mockForTest((_, response) =>
      response.writeHead(status, { location: other.origin }).end(),
    );
    const error = await failureOf(clientFor(server).send(request(server)));
    expect(error).toMatchObject({ code: "invalid_response", detail: "unexpected_redirect" });
    expect(other.received).toHaveLength(0);
    expect(server.received).toHaveLength(1);
  });

  it.each([201, 202, 206, 400, 401, 403, 404, 418, 500, 503])(
    "T13: a token with the status %i is refused",
    async (status) => {
      const server = await mockForTest((_, response) => json(response, status, TOKEN));
      const error = await failureOf(clientFor(server).send(request(server)));
      expect(error).toMatchObject({ code: "invalid_response", detail: "unexpected_status" });
      expect(error.message).not.toContain("eyJ-access");
      expect(server.received).toHaveLength(1);
    },
  );

  it("A16: 200 MB are not read", async () => {
    const chunk = Buffer.alloc(65_536, 32);
    let written = 0;
    const server = await mockForTest((_, response) => {
      response.writeHead(200, { "content-type": "application/json" });
      const more = (): void => {
        while (written < 200 * 1024 * 1024 && !response.destroyed) {
          written += chunk.length;
          if (!response.write(chunk)) return void response.once("drain", more);
        }
      };
      more();
    });
    const error = await failureOf(clientFor(server).send(request(server)));
    expect(error).toMatchObject({ code: "invalid_response", detail: "response_too_large" });
    expect(written).toBeLessThan(20 * 1024 * 1024);
    expect(server.received).toHaveLength(1);
  });

  it("A16: a length that announces too much is believed", async () => {
    const server = await mockForTest((_, response) =>
      response.writeHead(200, { "content-type": "application/json", "content-length": "2000000" }).write("{"),
    );
    expect(await failureOf(clientFor(server).send(request(server)))).toMatchObject({
      detail: "response_too_large",
    });
  });

  it("A17: what inflates beyond the limit is refused", async () => {
    const bomb = gzipSync(Buffer.alloc(64 * 1024 * 1024));
    const server = await mockForTest((_, response) =>
      response.writeHead(200, { "content-type": "application/json", "content-encoding": "gzip" }).end(bomb),
    );
    expect(bomb.length).toBeLessThan(1_048_576);
    expect(await failureOf(clientFor(server).send(request(server)))).toMatchObject({
      code: "invalid_response",
      detail: "response_too_large",
    });
  });
});

describe("an OAuth error", () => {
  it.each([400, 401, 403])("with the status %i is an answer for the caller", async (status) => {
    const server = await mockForTest((_, response) => json(response, status, { error: "invalid_grant" }));
    const answer = await clientFor(server).send(request(server));
    expect(answer).toMatchObject({ status, json: { error: "invalid_grant" } });
    expect(server.received).toHaveLength(1);
  });

  it.each(["code", "code_verifier", "refresh_token", "device_code", "client_secret", "assertion", "state"])(
    "G2: never repeats the %s that was sent",
    async (field) => {
      const value = "s3cr3t+/value=with signs%";
      const server = await mockForTest((_, response) =>
        json(
          response,
          400,
          {
            error: "invalid_grant",
            error_description: `bad ${value} (${encodeURIComponent(value)})`,
            nested: [{ deep: value, [value]: 1 }],
          },
          { "x-echo": encodeURIComponent(value) },
        ),
      );
      const answer = await clientFor(server).send(request(server, { form: { [field]: value } }));
      expect(answer.json["error_description"]).toBe("bad *** (***)");
      expect(inspect(answer.json, { depth: 9 })).not.toMatch(/s3cr3t/);
      expect(answer.header("x-echo")).toBe("***");
    },
  );

  it("G2: neither does an error that is thrown", async () => {
    const server = await mockForTest((_, response) =>
      json(response, 500, { error: "x", error_description: `e ${SECRET}` }),
    );
    const error = await failureOf(clientFor(server).send(request(server)));
    expect(error.message).toContain("[e ***]");
    expect(inspect(error, { depth: 9 })).not.toContain(SECRET);
    expect(JSON.stringify(error)).not.toContain(SECRET);
  });

  it("G2: a refresh token that comes back in a good answer stays as it is", async () => {
    const server = await mockForTest((_, response) =>
      json(response, 200, { ...TOKEN, refresh_token: SECRET }),
    );
    expect((await clientFor(server).send(request(server))).json["refresh_token"]).toBe(SECRET);
  });
});

describe("an abort", () => {
  /** Aborts when the request has arrived; the server must see the connection go. */
  async function abortAt(answer: (response: ServerResponse, done: () => void) => void): Promise<unknown> {
    let reason: unknown;
    await expectWithin(100, async () => {
      const controller = new AbortController();
      let gone: Promise<unknown> = Promise.resolve();
      let started = 0;
      const server = await mockForTest(({ raw }, response) => {
        gone = new Promise((resolve) => void raw.socket.once("close", resolve));
        answer(response, () => {
          started = performance.now();
          controller.abort("enough");
        });
      });
      const work = clientFor(server).send(request(server, { signal: controller.signal }));
      reason = await work.catch((error: unknown) => error);
      const took = performance.now() - started;
      await gone;
      return took;
    });
    return reason;
  }

  it("before the call sends nothing", async () => {
    const server = await mockForTest((_, response) => json(response, 200, TOKEN));
    const signal = AbortSignal.abort("enough");
    await expect(clientFor(server).send(request(server, { signal }))).rejects.toBeInstanceOf(AbortError);
    expect(server.connections).toHaveLength(0);
  });

  it("while waiting for the answer ends the call and the connection", async () => {
    const reason = await abortAt((_, done) => done());
    expect(reason).toMatchObject({ name: "AbortError", cause: "enough" });
  });

  it("while the body comes in ends the call and the connection", async () => {
    const reason = await abortAt((response, done) => {
      response.writeHead(200, { "content-type": "application/json" }).write("{", () => done());
    });
    expect(reason).toMatchObject({ name: "AbortError", cause: "enough" });
  });

  it("leaves no listener behind", async () => {
    const server = await mockForTest((_, response) => json(response, 200, TOKEN));
    const { signal } = new AbortController();
    const added = vi.spyOn(signal, "addEventListener");
    const removed = vi.spyOn(signal, "removeEventListener");
    const client = clientFor(server);
    for (let call = 0; call < 20; call += 1) await client.send(request(server, { signal }));
    expect(added).toHaveBeenCalledTimes(20);
    expect(removed.mock.calls.map(([, listener]) => listener)).toEqual(
      added.mock.calls.map(([, listener]) => listener),
    );
  });
});
