import { describe, expect, it, onTestFinished } from "vitest";
import { json, startHttpsMock } from "../../test/http/https-mock.ts";
import { fetchTransport } from "./fetch-transport.ts";
import type { HttpRequest } from "./http-transport.ts";

function get(changes: Partial<HttpRequest> = {}): HttpRequest {
  return {
    method: "GET",
    url: "https://login.test/",
    headers: {},
    signal: new AbortController().signal,
    ...changes,
  };
}

const reason = (error: unknown): unknown => error;

describe("a transport over a caller's fetch", () => {
  it("hands everything on and follows no redirect", async () => {
    const asked: [unknown, RequestInit | undefined][] = [];
    const transport = fetchTransport(async (url, init) => {
      asked.push([url, init]);
      return new Response('{"a":1}', { status: 203, headers: { "X-One": "1" } });
    });
    const request = get({ method: "POST", headers: { accept: "x" }, body: "a=b" });
    const answer = await transport(request);
    expect(answer.status).toBe(203);
    expect(answer.header("x-one")).toBe("1");
    expect(answer.header("x-two")).toBeUndefined();
    expect(Buffer.from(answer.body).toString()).toBe('{"a":1}');
    expect(asked).toEqual([
      [
        "https://login.test/",
        { method: "POST", headers: { accept: "x" }, body: "a=b", redirect: "manual", signal: request.signal },
      ],
    ]);
  });

  it("reads an answer without a body", async () => {
    const answer = await fetchTransport(async () => new Response(null, { status: 204 }))(get());
    expect(answer).toMatchObject({ status: 204, body: new Uint8Array() });
  });

  it("stops reading beyond 1 MiB", async () => {
    let sent = 0;
    let cancelled = false;
    const body = new ReadableStream<Uint8Array>({
      pull(controller) {
        sent += 65_536;
        controller.enqueue(new Uint8Array(65_536));
      },
      cancel() {
        cancelled = true;
      },
    });
    const work = fetchTransport(async () => new Response(body))(get());
    expect(await work.catch(reason)).toMatchObject({ fault: "response_too_large" });
    expect(sent).toBeLessThan(2_000_000);
    expect(cancelled).toBe(true);
  });

  it.each([
    ["ECONNREFUSED", "connect_failed", false],
    ["ENOTFOUND", "connect_failed", false],
    ["UND_ERR_CONNECT_TIMEOUT", "connect_timeout", false],
    ["UNABLE_TO_VERIFY_LEAF_SIGNATURE", "tls_failed", false],
    ["UND_ERR_SOCKET", "connection_lost", true],
    ["SOMETHING_ELSE", "connection_lost", true],
  ])("finds %s among the causes: %s", async (code, fault, sent) => {
    const cause = Object.assign(new Error("inner"), { code });
    const work = fetchTransport(() => Promise.reject(new TypeError("fetch failed", { cause })))(get());
    expect(await work.catch(reason)).toMatchObject({ fault, sent, code });
  });

  it("names the permission that the runtime has refused", async () => {
    const cause = Object.assign(new Error("inner"), { code: "ERR_ACCESS_DENIED" });
    const work = fetchTransport(() => Promise.reject(new TypeError("fetch failed", { cause })))(get());
    const refused = { fault: "permission_denied", sent: false, code: "--allow-net" };
    expect(await work.catch(reason)).toMatchObject(refused);
  });

  it("reports an abort as one, whatever the fetch makes of it", async () => {
    const controller = new AbortController();
    const transport = fetchTransport(async () => {
      controller.abort("enough");
      throw new Error("something");
    });
    const work = transport(get({ signal: controller.signal }));
    expect(await work.catch(reason)).toMatchObject({ name: "AbortError", cause: "enough" });
  });

  it("works over Node's own", async () => {
    const server = await startHttpsMock((_, response) => json(response, 200, {}));
    onTestFinished(() => server[Symbol.asyncDispose]());
    // Node's fetch does not know the certificate, which is what shows that it was asked.
    const work = fetchTransport(globalThis.fetch)(get({ url: server.origin }));
    expect(await work.catch(reason)).toMatchObject({
      fault: "tls_failed",
      code: "DEPTH_ZERO_SELF_SIGNED_CERT",
      sent: false,
    });
  });
});
