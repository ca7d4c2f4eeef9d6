import { describe, expect, it } from "vitest";
import { expectWithin, timeOf } from "../../../../tools/measure/expect-within.ts";
import { listen, STATE } from "../../test/loopback/listen.ts";
import { exchange, formPost, request } from "../../test/loopback/raw-client.ts";
import { AuthenticationRequiredError } from "../errors/authentication-error.ts";
import { en } from "../pages/languages/en.ts";
import { authorizationFailure } from "./authorization-error.ts";

const DESCRIPTION =
  "AADSTS65004: User declined to consent to access the app.\r\n" +
  "Trace ID: 0a1b2c3d-4e5f-6071-8293-a4b5c6d7e8f9\r\n" +
  "Correlation ID: 11111111-2222-3333-4444-555555555555\r\nTimestamp: 2026-11-23 15:39:47Z";
const context = { scopes: ["https://management.azure.com/.default"], secrets: [STATE] };

describe("an error of the authority", () => {
  it.each<readonly ["POST" | "GET"]>([["POST"], ["GET"]])(
    "ends the sign-in, brought by %s",
    async (method) => {
      const test = await listen(context);
      const parameters = { error: "access_denied", error_description: DESCRIPTION, state: STATE };
      const page = await exchange(
        test.port,
        method === "POST"
          ? formPost(test.port, parameters)
          : request(test.port, { target: `/?${new URLSearchParams(parameters).toString()}` }),
      );
      expect(page.status).toBe(200);
      expect(page.body).toContain("<title>Sign-in was refused</title>");
      expect(page.body).toContain("AADSTS65004: User declined");
      const error: unknown = await test.answer.catch((e: unknown) => e);
      expect(error).toMatchObject({
        name: "AuthenticationError",
        code: "access_denied",
        detail: "access_denied",
        retryable: false,
        aadsts: 65004,
        traceId: "0a1b2c3d-4e5f-6071-8293-a4b5c6d7e8f9",
        correlationId: "11111111-2222-3333-4444-555555555555",
        timestamp: "2026-11-23 15:39:47Z",
      });
      expect((error as Error).message).toMatch(
        /^Sign-in was refused in the browser\. .*\[access_denied: AADSTS65004: User declined to consent to access the app\.\] \[Correlation ID/,
      );
      // The identifiers are told once.
      expect((error as Error).message.match(/Trace ID/g)).toHaveLength(1);
    },
  );

  it("keeps each character of what it is told, though it comes byte by byte", async () => {
    const test = await listen(context);
    const told = "AADSTS65004: K\u00e4the \u20ac \u{1f600}";
    const body = `error=access_denied&state=${STATE}&error_description=${told}`;
    const head = request(test.port, {
      method: "POST",
      headers: [
        `Content-Length: ${Buffer.byteLength(body)}`,
        "Content-Type: application/x-www-form-urlencoded",
      ],
    });
    const bytes = Array.from(Buffer.from(body), (byte) => Buffer.from([byte]));
    const page = await exchange(test.port, [head, ...bytes]);
    expect(page.body).toContain(told);
    await expect(test.answer).rejects.toThrow(told);
  });

  it("names the request where the authority does not, and hands on what was asked for", async () => {
    const asked = { ...context, claims: '{"access_token":{}}', correlationId: "the-request" };
    const answers = [
      { error: "login_required" },
      { error: "access_denied" },
      { code: "c", iss: "https://other.example" },
    ];
    const issuer = { expected: "https://login.example", required: false };
    const errors = answers.map(async (parameters) => {
      const test = await listen({ ...asked, issuer });
      void exchange(test.port, formPost(test.port, { ...parameters, state: STATE }));
      return test.answer.catch((error: unknown) => error);
    });
    const { claims, scopes, correlationId } = asked;
    expect(await Promise.all(errors)).toMatchObject([
      { code: "authentication_required", correlationId, scopes, claims },
      { code: "access_denied", correlationId },
      { code: "service", detail: "issuer_mismatch", correlationId },
    ]);
  });

  it.each([
    ["access_denied", "access_denied", "access_denied", false],
    ["interaction_required", "authentication_required", "interaction_required", false],
    ["login_required", "authentication_required", "login_required", false],
    ["consent_required", "authentication_required", "consent_required", false],
    ["account_selection_required", "authentication_required", "account_selection_required", false],
    ["temporarily_unavailable", "network", "temporarily_unavailable", true],
    ["server_error", "network", "server_error", true],
    ["invalid_request", "service", "invalid_request", false],
    ["invalid_scope", "service", "invalid_scope", false],
    ["invalid_resource", "service", "invalid_resource", false],
    ["invalid_client", "service", "invalid_client", false],
    ["unauthorized_client", "service", "unauthorized_client", false],
    ["unsupported_response_type", "service", "unsupported_response_type", false],
    ["something_new", "service", undefined, false],
    ["__proto__", "service", undefined, false],
    ["constructor", "service", undefined, false],
    ["", "service", undefined, false],
  ])("%s becomes %s", (error, code, detail, retryable) => {
    const failure = authorizationFailure({ error }, context);
    expect(failure.error).toMatchObject({ code, retryable });
    expect(failure.error.detail).toBe(detail);
    expect(en.pages[failure.name].title).not.toBe("");
  });

  it("that only a person can resolve carries what authenticate() needs", () => {
    const { error } = authorizationFailure({ error: "login_required" }, context);
    expect(error).toBeInstanceOf(AuthenticationRequiredError);
    expect(error).toMatchObject({ name: "AuthenticationRequiredError", scopes: context.scopes });
  });

  it("tells a person who pressed cancel from one who was refused", () => {
    const cancelled = { error: "access_denied", error_subcode: "cancel", error_description: DESCRIPTION };
    expect(authorizationFailure(cancelled, context)).toMatchObject({
      name: "cancelled",
      error: { code: "user_cancelled", detail: "cancel", retryable: false },
    });
    expect(authorizationFailure({ ...cancelled, error_subcode: "other" }, context).error.code).toBe(
      "access_denied",
    );
  });

  it("takes a remedy that is known for its number, and its policy", () => {
    const blocked = authorizationFailure(
      { error: "access_denied", error_description: "AADSTS53003: Blocked." },
      {
        ...context,
        remedyFor: (aadsts) => (aadsts === 53003 ? { text: "Ask Ada", conditionalAccess: true } : undefined),
      },
    );
    expect(blocked).toMatchObject({
      name: "blocked",
      error: { code: "conditional_access", hint: "Ask Ada", aadsts: 53003 },
    });
    const named = authorizationFailure(
      { error: "invalid_request", error_description: "AADSTS50011: x" },
      { ...context, remedyFor: () => ({ text: "Register http://localhost" }) },
    );
    expect(named.error).toMatchObject({ code: "service", hint: "Register http://localhost" });
  });

  it("never carries the state, though the authority repeats it", () => {
    const { error, details } = authorizationFailure(
      { error: `x${STATE}`, error_description: `The state ${STATE} is odd`, error_uri: STATE },
      context,
    );
    expect(`${error.message}${error.stack}${JSON.stringify(error)}${details}`).not.toContain(STATE);
    expect(error.message).toContain("***");
  });

  it("is one line without escape sequences in the message, however long it was", async () => {
    const hostile = `\u001b[31mred\u001b[0m\r\n\u0007${" ".repeat(60_000)}<script>${"\n".repeat(500)}`;
    const failure = () =>
      authorizationFailure({ error: "server_error", error_description: hostile }, context);
    await expectWithin(100, () => timeOf(failure));
    const { error } = failure();
    expect(error.message).not.toMatch(/[\u0000-\u001f\u007f]/);
    expect(error.message.length).toBeLessThanOrEqual(2000);
  });

  it("is shown escaped, and runs nothing", async () => {
    const test = await listen();
    const error_description = `<script>alert(1)</script><img src=x onerror="alert(2)">' & "</p>`;
    const page = await exchange(
      test.port,
      formPost(test.port, { error: "<b>", error_description, state: STATE }),
    );
    expect(page.headers["content-type"]).toBe("text/html; charset=utf-8");
    expect(page.body).not.toMatch(/<script|<img|<b>/);
    expect(page.body).toContain("&lt;script&gt;alert(1)&lt;/script&gt;");
    expect(page.headers["content-security-policy"]).not.toMatch(/script-src|unsafe/);
  });
});

describe("what the authority says of its refusal", () => {
  const told = (answer: {
    readonly error: string;
    readonly error_description?: string;
    readonly error_subcode?: string;
  }) =>
    authorizationFailure(answer, {
      ...context,
      remedyFor: () => ({ text: "Ask somebody", conditionalAccess: false }),
    });

  it("is a cancellation only where access was denied", () => {
    expect(told({ error: "server_error", error_subcode: "cancel" }).error).toMatchObject({
      code: "network",
      detail: "server_error",
    });
  });

  it("is the error's word alone where there is no description", () => {
    const { error, details } = told({ error: "invalid_request" });
    expect(details).toBe("");
    expect(error.message).toContain("[invalid_request]");
  });

  it("is shown at length to the person, and in short to the program", () => {
    const { error, details } = told({ error: "invalid_request", error_description: "x".repeat(5000) });
    expect(details).toBe("x".repeat(2000));
    expect(error.message).toContain(`[invalid_request: ${"x".repeat(1200 - "invalid_request: ".length)}]`);
  });

  it("has what its number is known for as a remedy, unless the person was ruled out", () => {
    expect(told({ error: "invalid_request" }).error.hint).toBe("Ask somebody");
    expect(told({ error: "login_required" }).error.hint).not.toBe("Ask somebody");
  });
});
