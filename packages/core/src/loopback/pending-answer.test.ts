import { inspect } from "node:util";
import { describe, expect, test } from "vitest";
import {
  PendingAnswer,
  type PendingAnswerOptions,
  type ResponseMode,
  type Verdict,
} from "./pending-answer.ts";

const STATE = "the-state";
const CODE = "0.the-code";
const FIXED = "https://login.example.test/contoso/v2.0";
const OPEN = "https://login.example.test/{tenantid}/v2.0";
const TENANT = "11111111-1111-4111-8111-111111111111";

const text = (parameters: Record<string, string>): string => new URLSearchParams(parameters).toString();
const good = { code: CODE, state: STATE };

/** What became of one answer: the verdict, and how the sign-in ended, if it did. */
async function judged(
  parameters: Record<string, string>,
  options: Omit<PendingAnswerOptions, "state"> = {},
  mode: ResponseMode = "form_post",
): Promise<{ verdict: Verdict; ended: string | undefined }> {
  const pending = new PendingAnswer({ state: STATE, ...options });
  const verdict = pending.judge(text(parameters), mode);
  if (!pending.taken) return { verdict, ended: undefined };
  const outcome = await pending.outcome.promise;
  return { verdict, ended: "response" in outcome ? outcome.response.code : outcome.error.detail };
}

/** Every text that differs from `right` in one character: another, one more, one less. */
function nearly(right: string): readonly string[] {
  return Array.from({ length: right.length + 1 }, (_, at) => [
    `${right.slice(0, at)}x${right.slice(at)}`,
    ...(at < right.length
      ? [`${right.slice(0, at)}!${right.slice(at + 1)}`, right.slice(0, at) + right.slice(at + 1)]
      : []),
  ]).flat();
}

describe("the issuer of an answer", () => {
  test("is the one that was asked, in each character", async () => {
    const issuer = { expected: FIXED, required: true };
    expect((await judged({ ...good, iss: FIXED }, { issuer })).ended).toBe(CODE);
    for (const iss of nearly(FIXED))
      expect([iss, (await judged({ ...good, iss }, { issuer })).ended]).toEqual([iss, "issuer_mismatch"]);
  });

  test("is it in each character but the tenant's, where the tenant is open", async () => {
    const issuer = { expected: OPEN, required: true };
    const right = OPEN.replace("{tenantid}", TENANT);
    expect((await judged({ ...good, iss: right }, { issuer })).ended).toBe(CODE);
    const [before = "", after = ""] = OPEN.split("{tenantid}");
    for (const iss of [
      ...nearly(before).map((other) => other + TENANT + after),
      ...nearly(after).map((other) => before + TENANT + other),
    ]) {
      // These lengthen the tenant.
      const isTenant =
        iss.startsWith(before) &&
        iss.endsWith(after) &&
        !iss.slice(before.length, -after.length).includes("!");
      const expected = isTenant ? CODE : "issuer_mismatch";
      expect([iss, (await judged({ ...good, iss }, { issuer })).ended]).toEqual([iss, expected]);
    }
  });

  test.each(["", "a/b", "a b", "a?b", "a#b", "a%2fb", "{tenantid}", "a\n", "x".repeat(254)])(
    "has a tenant that can be one, which %j is not",
    async (tenant) => {
      const iss = OPEN.replace("{tenantid}", tenant);
      const { ended } = await judged({ ...good, iss }, { issuer: { expected: OPEN, required: false } });
      expect(ended).toBe("issuer_mismatch");
    },
  );

  test("is missed only where it was announced and is known", async () => {
    expect((await judged(good, { issuer: { expected: FIXED, required: true } })).ended).toBe(
      "issuer_mismatch",
    );
    expect((await judged(good, { issuer: { expected: FIXED, required: false } })).ended).toBe(CODE);
    expect((await judged({ ...good, iss: "" }, { issuer: { expected: FIXED, required: false } })).ended).toBe(
      "issuer_mismatch",
    );
    expect((await judged({ ...good, iss: "any" }, { issuer: { required: true } })).ended).toBe(CODE);
    expect((await judged({ ...good, iss: "any" })).ended).toBe(CODE);
  });

  test("is looked at before anything else of the answer, an error included", async () => {
    const issuer = { expected: FIXED, required: true };
    const { ended } = await judged(
      { error: "access_denied", state: STATE, iss: "https://evil.test" },
      { issuer },
    );
    expect(ended).toBe("issuer_mismatch");
  });
});

describe("an error that the authority answers with", () => {
  const failed = async (parameters: Record<string, string>): Promise<Error> => {
    const pending = new PendingAnswer({ state: STATE });
    pending.judge(text({ ...parameters, state: STATE }), "form_post");
    const outcome = await pending.outcome.promise;
    if ("response" in outcome) throw new Error("It was taken for a code");
    return outcome.error;
  };

  test("does not tell the state that it repeats", async () => {
    const error = await failed({ error: "invalid_request", error_description: `The state ${STATE} is odd` });
    expect(error.message).toContain("The state *** is odd");
  });

  test("asks for the scopes of the request: none where there were none", async () => {
    expect(await failed({ error: "login_required" })).toMatchObject({ scopes: [] });
  });
});

describe("an answer leaves the sign-in open", () => {
  test.each<[string, Record<string, string>]>([
    ["without a state", { code: CODE }],
    ["with an empty state", { code: CODE, state: "" }],
    ...nearly(STATE).map((state): [string, Record<string, string>] => [
      `with the state ${state}`,
      { code: CODE, state },
    ]),
    ["with neither code nor error", { state: STATE }],
    ["with code and error", { ...good, error: "access_denied" }],
    ["with an empty code", { code: "", state: STATE }],
    ["with a code with a space", { code: "a b", state: STATE }],
    ["with a code with a line break", { code: "a\n", state: STATE }],
    ["with a code that is not ASCII", { code: "\u00e9", state: STATE }],
    ["with a code that ends in DEL", { code: "a\u007f", state: STATE }],
  ])("%s", async (_, parameters) => {
    const pending = new PendingAnswer({ state: STATE });
    for (const mode of ["form_post", "query"] as const)
      expect(pending.judge(text(parameters), mode)).toMatchObject({ kind: "refused", status: 400 });
    expect(pending.taken).toBe(false);
    // Whatever came before, the right one counts.
    expect(pending.judge(text(good), "form_post")).toEqual({ kind: "taken" });
    expect(await pending.outcome.promise).toMatchObject({ response: { code: CODE } });
  });
});

describe("an answer is taken", () => {
  test("once: the second is told that it was used, and one with a wrong state is not told that", () => {
    const pending = new PendingAnswer({ state: STATE });
    expect(pending.judge(text(good), "form_post")).toEqual({ kind: "taken" });
    expect(pending.taken).toBe(true);
    expect(pending.judge(text(good), "form_post")).toMatchObject({ kind: "refused", status: 410 });
    expect(pending.judge(text({ ...good, state: "x" }), "form_post")).toMatchObject({ status: 400 });
  });

  test("from the address only where it was asked for there, and then it has to leave the history", async () => {
    expect(await judged(good, {}, "query")).toEqual({
      verdict: { kind: "taken_by_url" },
      ended: "response_mode_mismatch",
    });
    expect(await judged(good, { inAddress: false }, "query")).toMatchObject({
      ended: "response_mode_mismatch",
    });
    expect(await judged(good, { inAddress: true }, "query")).toEqual({
      verdict: { kind: "taken_by_url" },
      ended: CODE,
    });
    const error = { error: "access_denied", state: STATE };
    expect((await judged(error, {}, "query")).verdict).toEqual({ kind: "taken" });
    expect((await judged(error, {}, "form_post")).verdict).toEqual({ kind: "taken" });
  });

  test("with a page that says how it ended, once that is known", async () => {
    const pending = new PendingAnswer({ state: STATE });
    pending.judge(text({ ...good, client_info: "who" }), "form_post");
    const outcome = await pending.outcome.promise;
    if (!("response" in outcome)) throw outcome.error;
    expect(outcome.response.clientInfo).toBe("who");
    const finished = outcome.response.finish({ ok: true });
    expect(await pending.lastPage.promise).toEqual({ ok: true, name: "complete" });
    pending.lastPageSent.resolve();
    await finished;
  });

  test.each([
    ["another issuer", { ...good, iss: "https://evil.test" }, "form_post", "otherIssuer"],
    ["the wrong way", good, "query", "answerInAddress"],
  ] as const)("with a page that says what was wrong: %s", async (_, parameters, mode, name) => {
    const pending = new PendingAnswer({
      state: STATE,
      issuer: { expected: FIXED, required: false },
      correlationId: "c-1",
    });
    pending.judge(text(parameters), mode);
    expect(await pending.lastPage.promise).toEqual({ ok: false, name, details: undefined, code: "service" });
    const outcome = await pending.outcome.promise;
    if (!("error" in outcome)) throw new Error("it was taken");
    expect(outcome.error).toMatchObject({ code: "service", correlationId: "c-1", retryable: false });
  });

  test("and its code shows in nothing that lists what is there", async () => {
    const pending = new PendingAnswer({ state: STATE });
    pending.judge(text(good), "form_post");
    const outcome = await pending.outcome.promise;
    expect(inspect(outcome, { depth: 9, showHidden: true }) + JSON.stringify(outcome)).not.toContain(CODE);
  });
});

describe("an answer that a person brings", () => {
  const issuer = { expected: FIXED, required: true };
  const brought = { ...good, iss: FIXED };

  test.each<[string, string, string]>([
    ["malformed", "a parameter twice", `${text(brought)}&state=x`],
    ["malformed", "not UTF-8", "%ff"],
    ["no_state", "no state", text({ code: CODE })],
    ["other_sign_in", "another state", text({ ...brought, state: "x" })],
    ["other_issuer", "another issuer", text({ ...brought, iss: "https://evil.test" })],
    ["other_issuer", "no issuer", text(good)],
    ["authority_refused", "an error", text({ error: "access_denied", state: STATE, iss: FIXED })],
    ["malformed", "code and error", text({ ...brought, error: "access_denied" })],
    ["no_code", "neither", text({ state: STATE, iss: FIXED })],
    ["malformed", "a code with a space", text({ ...brought, code: "a b" })],
  ])("is %s for %s, and leaves the sign-in open", (why, _, answer) => {
    const pending = new PendingAnswer({ state: STATE, issuer });
    expect(pending.takeBrought(answer)).toMatchObject({ why });
    expect(pending.taken).toBe(false);
    expect(pending.takeBrought(text(brought))).toMatchObject({ response: { code: CODE } });
  });

  test("is taken once, unless the authority did not take it", async () => {
    const pending = new PendingAnswer({ state: STATE, issuer });
    const first = pending.takeBrought(text({ ...brought, client_info: "who" }));
    if (!("response" in first)) throw new Error(first.why);
    expect([first.response.code, first.response.clientInfo]).toEqual([CODE, "who"]);
    // Nobody waits for a page.
    await first.response.finish({ ok: true });
    expect(pending.takeBrought(text(brought))).toEqual({ why: "used" });
    expect(pending.takeCode(CODE)).toEqual({ why: "used" });
    pending.reopen();
    expect(pending.takeBrought(text(brought))).toMatchObject({ response: { code: CODE } });
  });

  test("may be a code alone, unless the authority names itself in its answers", () => {
    expect(new PendingAnswer({ state: STATE, issuer }).takeCode(CODE)).toEqual({ why: "whole_address" });
    const pending = new PendingAnswer({ state: STATE, issuer: { expected: FIXED, required: false } });
    const taken = pending.takeCode(CODE);
    expect(taken).toMatchObject({ response: { code: CODE, clientInfo: undefined } });
    expect(pending.taken).toBe(true);
    expect(new PendingAnswer({ state: STATE }).takeCode(CODE)).toMatchObject({ response: { code: CODE } });
  });
});
