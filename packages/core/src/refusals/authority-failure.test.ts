import { afterEach, describe, expect, test, vi } from "vitest";
import { HttpTransportError, type HttpAnswer, type TransportFault } from "../http/http-transport.ts";
import { notAnswered, notNow, stillThrottled, tooSlow, unacceptable } from "./authority-failure.ts";

afterEach(() => vi.unstubAllEnvs());

const HOST = "login.test";
const ID = "c-1";
const TRACE = "11111111-2222-4333-8444-555555555555";

interface Thrown {
  readonly sent?: boolean;
  readonly code?: string;
  readonly proxy?: string;
  readonly cause?: unknown;
}

function failure(
  fault: TransportFault,
  { sent = true, ...more }: Thrown = {},
): ReturnType<typeof notAnswered> {
  return notAnswered(
    HOST,
    new HttpTransportError(fault, "HTTPS_PROXY is wrong", { sent, ...more }),
    undefined,
    ID,
  );
}

const answer = (status: number, headers: Readonly<Record<string, string>> = {}): HttpAnswer => ({
  status,
  header: (name) => headers[name],
  body: Buffer.alloc(0),
});

describe("a request that brought no answer", () => {
  test.each<
    [fault: TransportFault, code: string, retryable: boolean, sent: string, unsent: string, tries?: number]
  >([
    ["connect_failed", "network", true, "safe", "unsent", 3],
    ["connect_timeout", "network", true, "safe", "unsent", 3],
    ["permission_denied", "network", false, "never", "never"],
    ["tls_failed", "network", false, "never", "never"],
    ["proxy_invalid", "network", false, "never", "never"],
    ["proxy_refused", "network", true, "never", "never", 3],
    ["connection_lost", "network", true, "safe", "unsent"],
    ["response_too_large", "invalid_response", false, "never", "never"],
    ["malformed_response", "invalid_response", false, "never", "never"],
  ])("for %s is %s", (fault, code, retryable, sent, unsent, tries) => {
    const expected = { code, detail: fault, retryable, correlationId: ID };
    for (const [wasSent, again] of [
      [true, sent],
      [false, unsent],
    ] as const) {
      const failed = failure(fault, { sent: wasSent });
      expect(failed.failure).toMatchObject(expected);
      expect([failed.again, failed.tries, Object.hasOwn(failed, "tries")]).toEqual([
        again,
        tries,
        tries !== undefined,
      ]);
      expect(failed.failure.message).toContain(HOST);
      expect(failed.failure.hint).not.toBe("");
    }
  });

  test.each([
    ["HTTP 500", "safe"],
    ["HTTP 503", "safe"],
    ["HTTP 407", "never"],
    ["HTTP 403", "never"],
    ["HTTP 5000", "never"],
    ["x HTTP 503", "never"],
    ["HTTP 50", "never"],
    [undefined, "never"],
  ])("since the proxy said %s is tried again: %s", (code, again) => {
    expect(failure("proxy_refused", code === undefined ? {} : { code }).again).toBe(again);
  });

  test("names the platform's code and the proxy, where there are any", () => {
    expect(failure("connection_lost").failure.message).toContain(`The connection to ${HOST} was lost.`);
    const { failure: named } = failure("connection_lost", { code: "ECONNRESET", proxy: "proxy.test:8080" });
    expect(named.message).toContain(
      `The connection to ${HOST} was lost through the proxy proxy.test:8080 (ECONNRESET).`,
    );
  });

  test.each(["connect_failed", "connect_timeout"] as const)(
    "for %s tells of the proxy where one is in use",
    (fault) => {
      expect(failure(fault).failure.hint).toContain("set HTTPS_PROXY if");
      expect(failure(fault, { proxy: "p:1" }).failure.hint).toContain("which names that proxy");
      expect(failure("connection_lost", { proxy: "p:1" }).failure.hint).toBe("Try again");
    },
  );

  test("for a setting says what is wrong with it", () => {
    expect(failure("proxy_invalid").failure.message).toContain("HTTPS_PROXY is wrong");
    expect(failure("permission_denied", { code: "--allow-net" }).failure.hint).toBe(
      "Start the program with --allow-net",
    );
  });

  test.each([
    ["CERT_HAS_EXPIRED", /^Check this machine's clock\. If your/],
    ["CERT_NOT_YET_VALID", /^Check this machine's clock\. If your/],
    ["ERR_TLS_CERT_ALTNAME_INVALID", /^Check authorityHost: .* another name\. If your/],
    [
      "UNABLE_TO_VERIFY_LEAF_SIGNATURE",
      /^If your organisation inspects the traffic, set NODE_EXTRA_CA_CERTS/,
    ],
  ])("for a certificate (%s) says what to look at", (code, hint) => {
    expect(failure("tls_failed", { code }).failure.hint).toMatch(hint);
  });

  test.each([
    ["0", "NODE_TLS_REJECT_UNAUTHORIZED=0 does not count for sign-ins. If your"],
    ["1", "If your"],
    ["", "If your"],
  ])(
    "for a certificate says that NODE_TLS_REJECT_UNAUTHORIZED=%j does not count, if it is 0",
    (value, hint) => {
      vi.stubEnv("NODE_TLS_REJECT_UNAUTHORIZED", value);
      expect(failure("tls_failed").failure.hint?.startsWith(hint)).toBe(true);
    },
  );

  test("has as its cause what may be shown, or the transport's own error where that has none", () => {
    const shown = new Error("shown");
    const own = new HttpTransportError("connection_lost", "lost", { sent: true });
    const withCause = new HttpTransportError("connection_lost", "lost", {
      sent: true,
      cause: new Error("secret"),
    });
    expect(notAnswered(HOST, own, shown, ID).failure.cause).toBe(shown);
    expect(notAnswered(HOST, withCause, shown, ID).failure.cause).toBe(shown);
    expect(notAnswered(HOST, own, undefined, ID).failure.cause).toBe(own);
    expect(notAnswered(HOST, withCause, undefined, ID).failure.cause).toBeUndefined();
  });
});

test.each([
  [30_000, "30 s"],
  [1549, "1.5 s"],
  [1551, "1.6 s"],
])("an answer that takes longer than %i ms is a timeout that may be tried again", (limit, told) => {
  const error = tooSlow(HOST, limit, ID);
  expect(error).toMatchObject({
    code: "timeout",
    detail: "request_timeout",
    retryable: true,
    correlationId: ID,
  });
  expect(error.message).toContain(`${HOST} did not answer within ${told}. Try again`);
  expect(error.cause).toBeUndefined();
});

test("a timeout after another failure says what that was, too", () => {
  const before = notNow(HOST, { ...answer(503), json: undefined }, undefined, ID);
  const error = tooSlow(HOST, 30_000, ID, before);
  expect(error.message).toContain(
    `${HOST} did not answer within 30 s; before that: ${HOST} answered 503. Try again`,
  );
  expect(error.cause).toBe(before);
});

describe("an authority that cannot answer now", () => {
  const now = (status: number, wait?: number) =>
    notNow(HOST, { ...answer(status, { "x-ms-request-id": TRACE }), json: undefined }, wait, ID);

  test.each([
    [429, "throttled", undefined, "Try again later"],
    [429, "throttled", 1001, "Try again in 2 s"],
    [503, "server_error", undefined, "Try again"],
    [503, "server_error", 1000, "Try again in 1 s"],
    [408, "server_error", 1, "Try again in 1 s"],
  ])("says so with %i: %s", (status, detail, wait, hint) => {
    const error = now(status, wait);
    expect(error).toMatchObject({
      code: "network",
      detail,
      hint,
      retryable: true,
      correlationId: ID,
      traceId: TRACE,
    });
    expect(error.retryAfterInMs).toBe(wait);
    expect(error.message).toContain(
      status === 429 ? `${HOST} takes no more requests` : `${HOST} answered ${status}`,
    );
  });

  test("is not asked before the time is over", () => {
    expect(stillThrottled(HOST, 2500, ID)).toMatchObject({
      code: "network",
      detail: "throttled",
      hint: "Try again in 3 s",
      retryable: true,
      retryAfterInMs: 2500,
      correlationId: ID,
    });
  });
});

describe("an answer that no authority sends", () => {
  test.each([
    ["unexpected_redirect", "redirect (status 302), which is not followed"],
    ["unexpected_status", "has the status 302, which does not go with what it holds"],
    ["not_json", "is not JSON (text/html, status 302)"],
    ["not_an_object", "is not a JSON object (text/html, status 302)"],
  ] as const)("is told by its form: %s", (form, told) => {
    const error = unacceptable(
      HOST,
      form,
      answer(302, { "content-type": "text/html", "request-id": TRACE }),
      ID,
    );
    expect(error).toMatchObject({
      code: "invalid_response",
      detail: form,
      retryable: false,
      correlationId: ID,
      traceId: TRACE,
    });
    expect(error.message).toContain(told);
    expect(error.hint).toBe("A captive portal or proxy may be in the way");
  });

  test.each([
    ["text/html", "text/html"],
    [" Text/HTML ; charset=x", "text/html"],
    ["application/problem+json", "application/problem+json"],
    ["", "no content type"],
    [undefined, "no content type"],
    ["html", "no content type"],
    ["text/html/x", "no content type"],
    ["text /html", "no content type"],
    ["text/ht ml", "no content type"],
    ["text/<b>", "no content type"],
    [`${"a".repeat(61)}/b`, "no content type"],
    [`a/${"b".repeat(61)}`, "no content type"],
    [`${"a".repeat(60)}/${"b".repeat(60)}`, `${"a".repeat(60)}/${"b".repeat(60)}`],
  ])("has of its content type %j only what is one: %s", (type, told) => {
    const headers = type === undefined ? {} : { "content-type": type };
    expect(unacceptable(HOST, "not_json", answer(200, headers), ID).message).toContain(
      `(${told}, status 200)`,
    );
  });
});
