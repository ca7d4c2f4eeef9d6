import { describe, expect, it } from "vitest";
import { judgeAnswer, type Judgement } from "./judge-answer.ts";

const NOW = Date.UTC(2026, 5, 1);

function judged(
  status: number,
  body: string = "{}",
  headers: Readonly<Record<string, string>> = {},
): Judgement {
  const answer = { status, body: Buffer.from(body), header: (name: string) => headers[name] };
  return judgeAnswer(answer, { host: "login.test", correlationId: "c", secrets: ["s3cr3t"], now: NOW });
}

describe("an answer", () => {
  it.each([300, 304, 399])("with the status %i is a redirect, whatever it holds", (status) => {
    expect(judged(status)).toMatchObject({ failure: { detail: "unexpected_redirect" }, again: "never" });
  });

  it.each([101, 199, 201, 204, 299])("with the status %i is not what was asked for", (status) => {
    expect(judged(status, '{"a":1}')).toMatchObject({
      failure: { detail: "unexpected_status" },
      again: "never",
    });
  });

  it.each([
    [408, "safe"],
    [429, "unsent"],
    [500, "safe"],
    [502, "safe"],
    [503, "unsent"],
    [599, "safe"],
  ])("with the status %i may be sent again: %s", (status, again) => {
    expect(judged(status)).toMatchObject({ failure: { code: "network" }, again });
  });

  it.each([
    [200, "application/json"],
    [200, "application/json ; charset=utf-8"],
    [200, "application/JSON"],
    [200, "application/problem+json"],
    [200, "application/vnd.contoso.v2-x+json"],
    [200, "text/json"],
    [200, "text/plain; charset=us-ascii"],
    [400, "text/plain"],
  ])("with the status %i and the type %s is read as JSON", (status, type) => {
    expect(judged(status, '{"a":1}', { "content-type": type })).toMatchObject({
      answer: { status, json: { a: 1 } },
    });
  });

  it.each([
    "text/html",
    "application/jsonp",
    "xapplication/json",
    "application/+json",
    "application/a b+json",
    "application/octet-stream",
  ])("of the type %s is not, though it would parse", (type) => {
    expect(judged(200, '{"a":1}', { "content-type": type })).toMatchObject({
      failure: { detail: "not_json" },
      again: "never",
    });
  });

  it.each([
    [200, '{"error":"s3cr3t","x":"s3cr3t"}'],
    [400, '{"error":"s3cr3t","x":"s3cr3t"}'],
    [400, '{"x":"s3cr3t"}'],
    [403, '{"error":null,"x":"s3cr3t"}'],
  ])("with the status %i and %s repeats no secret, in its headers neither", (status, body) => {
    const judgement = judged(status, body, { "x-echo": "s3cr3t" });
    if (!("answer" in judgement)) throw new Error("expected an answer");
    expect(judgement.answer.json["x"]).toBe("***");
    expect(judgement.answer.header("x-echo")).toBe("***");
  });

  it("that reports no error is left as it came", () => {
    const judgement = judged(200, '{"error":null,"x":"s3cr3t"}', { "x-echo": "s3cr3t" });
    if (!("answer" in judgement)) throw new Error("expected an answer");
    expect(judgement.answer.json["x"]).toBe("s3cr3t");
    expect(judgement.answer.header("x-echo")).toBe("s3cr3t");
  });

  it.each([
    ["Mon, 01 Jun 2026 00:00:30 GMT", 30_000],
    ["Sun, 31 May 2026 23:59:00 GMT", -60_000],
    ["Mon Jun  1 00:00:30 2026", 30_000],
    ["2026-06-01T00:00:30Z", undefined],
    ["-5", undefined],
    ["soon", undefined],
  ])("whose date is %s tells that the authority's clock is ahead by %o ms", (date, skew) => {
    const judgement = judged(200, "{}", { date });
    expect("answer" in judgement && judgement.answer.skewInMs).toBe(skew);
  });

  it("without a date tells nothing of the authority's clock", () => {
    const judgement = judged(200);
    expect("answer" in judgement && judgement.answer.skewInMs).toBeUndefined();
  });
});
