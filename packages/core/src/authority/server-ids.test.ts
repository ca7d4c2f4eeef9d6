import { describe, expect, test } from "vitest";
import type { AuthenticationError } from "../errors/authentication-error.ts";
import { serverError } from "../refusals/server-error.ts";
import { judgeAnswer } from "./judge-answer.ts";

const OURS = "11111111-1111-4111-8111-111111111111";
const THEIRS = "22222222-2222-4222-8222-222222222222";
const REQUEST = "33333333-3333-4333-8333-333333333333";

/** What a caller hears of an answer. */
function failureOf(
  status: number,
  body: string,
  headers: Readonly<Record<string, string>>,
  secrets: readonly string[] = [],
): AuthenticationError {
  const answer = {
    status,
    body: Buffer.from(body),
    header: (name: string) => headers[name.toLowerCase()],
  };
  const judgement = judgeAnswer(answer, { host: "login.test", correlationId: OURS, secrets, now: 0 });
  if ("failure" in judgement) return judgement.failure;
  return serverError(judgement.answer, {
    what: "x",
    scopes: [],
    clientId: "c",
    tenantId: "t",
    correlationId: OURS,
  });
}

const WITHOUT_IDS: readonly [string, number, string, string][] = [
  ["a 503 without a body", 503, "", "text/html"],
  ["a 500 with a page", 500, "<html>", "text/html"],
  ["a 429 without a body", 429, "", ""],
  ["a 408 with JSON of nothing", 408, "{}", "application/json"],
  ["a redirect", 302, "", ""],
  ["a 403 with a page", 403, "<html>", "text/html"],
  ["a 404 with nothing", 404, "", ""],
  ["a page in the place of tokens", 200, "<html>", "text/html"],
  ["a list", 200, "[]", "application/json"],
  ["a status that is out of place", 201, '{"a":1}', "application/json"],
  ["a 400 that does not say why", 400, "{}", "application/json"],
  ["an OAuth error without ids", 400, '{"error":"invalid_client"}', "application/json"],
];

describe("an answer that names no ids in its body", () => {
  test.each(WITHOUT_IDS)("%s: those of the headers are told", (_, status, body, type) => {
    const headers = { "content-type": type, "x-ms-request-id": THEIRS, "client-request-id": REQUEST };
    const error = failureOf(status, body, headers);
    expect(error).toMatchObject({ traceId: THEIRS, correlationId: REQUEST });
    expect(error.message).toContain(`Correlation ID: ${REQUEST} Trace ID: ${THEIRS}`);
  });

  test.each(WITHOUT_IDS)("%s: without headers ours is", (_, status, body, type) => {
    const error = failureOf(status, body, { "content-type": type });
    expect([error.correlationId, error.traceId]).toEqual([OURS, undefined]);
  });

  test.each(WITHOUT_IDS)("%s: a header that is no id is not told", (_, status, body, type) => {
    const error = failureOf(status, body, {
      "content-type": type,
      "x-ms-request-id": "<script>",
      "client-request-id": "x".repeat(36),
    });
    expect([error.correlationId, error.traceId]).toEqual([OURS, undefined]);
  });
});

test("the body's ids come first", () => {
  const body = JSON.stringify({ error: "invalid_client", trace_id: THEIRS, correlation_id: REQUEST });
  const headers = { "x-ms-request-id": OURS, "client-request-id": OURS };
  expect(failureOf(400, body, headers)).toMatchObject({ traceId: THEIRS, correlationId: REQUEST });
});

test("a secret that comes back as an id is not told", () => {
  const error = failureOf(503, "", { "x-ms-request-id": THEIRS }, [THEIRS]);
  expect(JSON.stringify(error) + error.message).not.toContain(THEIRS);
});
