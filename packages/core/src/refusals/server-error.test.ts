import { inspect } from "node:util";
import { describe, expect, it } from "vitest";
import { AuthenticationError, AuthenticationRequiredError } from "../errors/authentication-error.ts";
import { errorOf, isRefusal, serverError } from "./server-error.ts";
import type { ServerErrorContext } from "./server-error.ts";

const CONTEXT: ServerErrorContext = {
  what: "The token could not be renewed",
  scopes: ["https://graph.microsoft.com/User.Read"],
  clientId: "app-1",
  tenantId: "contoso.test",
  redirectUri: "http://localhost:8400",
  correlationId: "own-id",
};
const CLAIMS = '{"access_token":{"acrs":{"essential":true,"values":["c1"]}}}';

/** An error document in the form of "Microsoft Entra authentication and authorization error codes". */
function document(
  error: string,
  number?: number,
  more: object = {},
): { status: number; json: Record<string, unknown> } {
  const described =
    number === undefined
      ? {}
      : {
          error_description: `AADSTS${number}: Something about it.\r\nTrace ID: t-1\r\nCorrelation ID: c-1\r\nTimestamp: x`,
          error_codes: [number],
          timestamp: "2026-01-01 00:00:00Z",
          trace_id: "t-1",
          correlation_id: "c-1",
        };
  return { status: 400, json: { error, ...described, ...more } };
}

interface Row {
  readonly error: string;
  readonly aadsts?: number;
  readonly more?: object;
  /** The code in a silent call and, if it differs, right after the person acted. */
  readonly silent: string;
  readonly interactive: string;
  readonly detail?: string;
  readonly hint?: RegExp;
}

// A19: what Entra really sends, as far as it is documented or was seen.
const ROWS: readonly Row[] = [
  { error: "invalid_grant", aadsts: 50173, silent: "authentication_required", interactive: "service" },
  { error: "invalid_grant", aadsts: 700082, silent: "authentication_required", interactive: "service" },
  { error: "invalid_grant", aadsts: 70008, silent: "authentication_required", interactive: "service" },
  {
    error: "invalid_grant",
    aadsts: 70043,
    more: { suberror: "bad_token" },
    silent: "authentication_required",
    interactive: "service",
  },
  {
    error: "invalid_grant",
    aadsts: 65001,
    more: { suberror: "consent_required" },
    silent: "authentication_required",
    interactive: "service",
    hint: /consent to https:\/\/graph/,
  },
  {
    error: "invalid_grant",
    aadsts: 50055,
    more: { suberror: "user_password_expired" },
    silent: "authentication_required",
    interactive: "service",
    hint: /change the password/,
  },
  {
    error: "invalid_grant",
    aadsts: 70000,
    more: { suberror: "client_mismatch" },
    silent: "service",
    interactive: "service",
    detail: "invalid_grant",
  },
  {
    error: "unauthorized_client",
    aadsts: 53005,
    more: { suberror: "protection_policy_required" },
    silent: "conditional_access",
    interactive: "conditional_access",
    detail: "protection_policy_required",
  },
  {
    error: "invalid_grant",
    aadsts: 53005,
    more: { suberror: "protection_policy_required" },
    silent: "conditional_access",
    interactive: "conditional_access",
  },
  {
    error: "interaction_required",
    aadsts: 50076,
    more: { suberror: "basic_action", claims: CLAIMS },
    silent: "authentication_required",
    interactive: "authentication_required",
    detail: "basic_action",
    hint: /multifactor/,
  },
  {
    error: "invalid_grant",
    aadsts: 53000,
    more: { suberror: "additional_action" },
    silent: "authentication_required",
    interactive: "conditional_access",
    detail: "additional_action",
    hint: /@entrada\/broker/,
  },
  {
    error: "invalid_grant",
    aadsts: 53003,
    more: { suberror: "message_only" },
    silent: "authentication_required",
    interactive: "conditional_access",
    detail: "message_only",
  },
  {
    error: "access_denied",
    aadsts: 53003,
    silent: "conditional_access",
    interactive: "conditional_access",
    detail: "access_denied",
    hint: /Conditional Access policy/,
  },
  {
    error: "invalid_grant",
    aadsts: 530003,
    silent: "authentication_required",
    interactive: "conditional_access",
    hint: /manage/,
  },
  {
    error: "login_required",
    aadsts: 50058,
    silent: "authentication_required",
    interactive: "authentication_required",
  },
  {
    error: "consent_required",
    aadsts: 65001,
    silent: "authentication_required",
    interactive: "authentication_required",
  },
  {
    error: "access_denied",
    aadsts: 65004,
    silent: "access_denied",
    interactive: "access_denied",
    detail: "access_denied",
    hint: /accept the permissions/,
  },
  {
    error: "authorization_declined",
    silent: "access_denied",
    interactive: "access_denied",
    detail: "access_denied",
  },
  {
    error: "access_denied",
    more: { error_subcode: "cancel" },
    silent: "user_cancelled",
    interactive: "user_cancelled",
  },
  {
    error: "expired_token",
    aadsts: 70020,
    silent: "device_code_expired",
    interactive: "device_code_expired",
    detail: "device_code_expired",
    hint: /Start again/,
  },
  {
    error: "invalid_client",
    aadsts: 7000218,
    silent: "service",
    interactive: "service",
    detail: "invalid_client",
    hint: /Allow public client flows.*app-1/,
  },
  {
    error: "invalid_request",
    aadsts: 50011,
    silent: "service",
    interactive: "service",
    detail: "invalid_request",
    hint: /Add the redirect URI http:\/\/localhost:8400 under "Mobile and desktop applications".*app-1/,
  },
  {
    error: "invalid_request",
    aadsts: 90002,
    silent: "service",
    interactive: "service",
    hint: /contoso\.test/,
  },
  {
    error: "unauthorized_client",
    aadsts: 700016,
    silent: "service",
    interactive: "service",
    hint: /clientId \(app-1\)/,
  },
  { error: "invalid_scope", aadsts: 70011, silent: "service", interactive: "service", hint: /\.default/ },
  { error: "invalid_resource", aadsts: 500011, silent: "service", interactive: "service", hint: /tenantId/ },
  {
    error: "invalid_request",
    aadsts: 50020,
    silent: "service",
    interactive: "service",
    hint: /invited as a guest/,
  },
  { error: "temporarily_unavailable", aadsts: 90033, silent: "network", interactive: "network" },
  { error: "server_error", silent: "network", interactive: "network", hint: /Try again/ },
  {
    error: "bad_verification_code",
    aadsts: 70018,
    silent: "service",
    interactive: "service",
    detail: "bad_verification_code",
  },
  {
    error: "something_new",
    aadsts: 999999,
    silent: "service",
    interactive: "service",
    detail: "something_new",
  },
];

describe.each(ROWS)(
  "A19: $error $aadsts $more",
  ({ error, aadsts, more, silent, interactive, detail, hint }) => {
    it.each([
      [false, silent],
      [true, interactive],
    ])("with interactive %s is %s", (acted, code) => {
      const made = serverError(document(error, aadsts, more), { ...CONTEXT, interactive: acted });
      expect(made).toBeInstanceOf(
        code === "authentication_required" ? AuthenticationRequiredError : AuthenticationError,
      );
      expect(made.code).toBe(code);
      if (detail !== undefined) expect(made.detail).toBe(detail);
      if (hint !== undefined) expect(made.hint).toMatch(hint);
      expect(made.retryable).toBe(code === "network");
      expect(made.aadsts).toBe(aadsts);
      if (aadsts === undefined) return;
      expect(made).toMatchObject({ traceId: "t-1", correlationId: "c-1", timestamp: "2026-01-01 00:00:00Z" });
      expect(made.message).toContain(`[AADSTS${aadsts}: Something about it.]`);
      expect(made.message).toContain("[Correlation ID: c-1 Trace ID: t-1 Timestamp: 2026-01-01 00:00:00Z]");
      expect(made.message).not.toMatch(/[\r\n]|aka\.ms/);
    });
  },
);

describe("an error that asks for the person", () => {
  it("carries what authenticate() needs, and the authority's reason as its cause", () => {
    const options = { tenantId: "other" };
    const made = serverError(document("interaction_required", 50076, { claims: CLAIMS }), {
      ...CONTEXT,
      claims: '{"old":1}',
      getTokenOptions: options,
    });
    expect(made).toMatchObject({
      name: "AuthenticationRequiredError",
      scopes: CONTEXT.scopes,
      claims: CLAIMS,
      getTokenOptions: options,
    });
    expect(made.cause).toMatchObject({
      name: "AuthenticationError",
      code: "conditional_access",
      aadsts: 50076,
      detail: "interaction_required",
    });
  });

  it("keeps the claims of the call when the authority names none", () => {
    const made = serverError(document("invalid_grant", 50173), { ...CONTEXT, claims: CLAIMS });
    expect(made).toMatchObject({ claims: CLAIMS, cause: { code: "service", detail: "invalid_grant" } });
  });

  it.each(["", "null", "[]", "{", 7, { a: 1 }])("does not hand on %o as claims", (claims) => {
    const made = serverError(document("interaction_required", undefined, { claims }), CONTEXT);
    expect("claims" in made).toBe(false);
  });
});

describe("what the person can do", () => {
  it("is nothing where a policy refuses right after they acted, whatever the word", () => {
    const refused = document("interaction_required", undefined, { suberror: "basic_action" });
    expect(serverError(refused, { ...CONTEXT, interactive: true }).code).toBe("conditional_access");
    expect(serverError(refused, CONTEXT).code).toBe("authentication_required");
  });

  it.each([
    [[], "Sign in again"],
    [["a/Read", "b/Read"], "Sign in again and accept a/Read b/Read"],
  ])("is to accept what was refused: %j", (scopes, hint) => {
    expect(serverError(document("access_denied"), { ...CONTEXT, scopes }).hint).toBe(hint);
  });
});

describe("what decides", () => {
  // The same number with five errors: only `error` and `suberror` choose the branch.
  it.each([
    ["invalid_grant", "authentication_required"],
    ["invalid_request", "service"],
    ["server_error", "network"],
    ["access_denied", "access_denied"],
    ["expired_token", "device_code_expired"],
  ])("is the error %s, not the number", (error, code) => {
    expect(serverError(document(error, 50173), CONTEXT).code).toBe(code);
  });

  it.each([undefined, null, 5, "", "has space", "\u001b[31m", "a".repeat(65), ["invalid_grant"]])(
    "is never %o, which is no OAuth error",
    (error) => {
      const made = serverError({ status: 404, json: { error, message: "no such page" } }, CONTEXT);
      expect(made).toMatchObject({
        code: "invalid_response",
        detail: "unexpected_status",
        correlationId: "own-id",
      });
      expect(made.message).toContain("The token could not be renewed: the authority answered 404");
      expect(made.message).not.toContain("no such page");
      expect(errorOf({ json: { error } })).toBeUndefined();
    },
  );

  it("is told without its description as well", () => {
    expect(serverError(document("invalid_client"), CONTEXT).message).toContain("[invalid_client]");
    const json = { error: "invalid_client", error_codes: [7000218] };
    expect(serverError({ status: 401, json }, CONTEXT)).toMatchObject({ aadsts: 7000218 });
    expect(serverError({ status: 401, json }, CONTEXT).message).toContain("[AADSTS7000218]");
  });

  it.each(["slow_down", "authorization_pending"])("leaves %s to the device flow", (error) => {
    expect(errorOf(document(error))).toBe(error);
  });
});

describe("G4: the authority's words", () => {
  it("cannot write to a terminal, forge a line or go on for ever", () => {
    const json = {
      error: "invalid_grant",
      error_description: `AADSTS1: \u001b[2J\u0007one\r\ntwo\u2028three ${"x".repeat(1_000_000)}`,
      trace_id: "\u001b[31m",
      correlation_id: "a\nb",
      timestamp: "x".repeat(999),
    };
    const made = serverError({ status: 400, json }, { ...CONTEXT, interactive: true });
    expect(made.message.length).toBeLessThanOrEqual(2000);
    expect(made.message).not.toMatch(/[\u0000-\u001f\u2028]/);
    expect(made.message).toContain("one two three");
    expect(made.correlationId).toBe("own-id");
    expect([made.traceId, made.timestamp]).toEqual([undefined, undefined]);
  });

  it.each([
    [{ error_codes: "50173" }],
    [{ error_codes: [-1] }],
    [{ error_codes: [1e300] }],
    [{ error_codes: [{}] }],
    [{ error_description: { AADSTS50173: 1 } }],
    [{ error_description: "AADSTS: none" }],
    [{ error_description: "AADSTS12345678901234567890" }],
  ])("make no number of %o", (more) => {
    const made = serverError(document("invalid_grant", undefined, more), CONTEXT);
    expect(made.aadsts === undefined || made.aadsts < 1e9).toBe(true);
    expect(inspect(made)).not.toContain("NaN");
  });
});

it.each<[number, object, boolean]>([
  [200, {}, false],
  [200, { error: null, access_token: "t" }, false],
  [200, { error: "invalid_grant" }, true],
  [200, { error: "" }, true],
  [200, { error: 7 }, true],
  [400, {}, true],
  [403, { error: null }, true],
])("a %i with %j is a refusal: %s", (status, json, expected) => {
  expect(isRefusal({ status, json: json as never })).toBe(expected);
});
