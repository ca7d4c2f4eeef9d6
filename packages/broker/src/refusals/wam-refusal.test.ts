import { WamError } from "@entrada/wam";
import { describe, expect, test } from "vitest";
import { CLIENT_ID } from "../../test/fake-account.ts";
import { refusalError } from "./refusal-error.ts";
import type { TokenAsk } from "../contract/token-ask.ts";
import { refusalOfError, refusalOfResult } from "./wam-refusal.ts";
import { windowsReasonOf } from "./wam-result-error.ts";

const ask: TokenAsk = {
  clientId: CLIENT_ID,
  authorityHost: "https://login.microsoftonline.com",
  tenantId: "organizations",
  scopes: ["https://management.azure.com/.default"],
  claims: '{"access_token":{}}',
  correlationId: "11111111-2222-4333-8444-555555555555",
  signal: new AbortController().signal,
};

function errorOf(status: number, code?: number, text = "", interactive = false) {
  const error = code === undefined ? undefined : { errorCode: code, errorMessage: text, errorProperties: {} };
  const refusal = refusalOfResult({ status, responses: [], ...(error ? { error } : {}) });
  return refusalError(refusal, { ask, interactive });
}

const REQUIRED = "authentication_required";

// status, code, silent: code and detail, in the dialog: code and detail
const TABLE: readonly (readonly [number, number | undefined, string, string, string, string])[] = [
  [1, undefined, REQUIRED, "interaction_required", "user_cancelled", "dialog_closed"],
  [3, undefined, REQUIRED, "interaction_required", "service", "interaction_required"],
  [3, 0xcaa10001, REQUIRED, "interaction_required", "service", "interaction_required"],
  [3, 0xcaa82ee7, REQUIRED, "interaction_required", "service", "interaction_required"],
  [4, undefined, "broker_unavailable", "provider_unavailable", "broker_unavailable", "provider_unavailable"],
  [6, undefined, "service", "broker_error", "service", "broker_error"],
  [5, undefined, "service", "broker_error", "service", "broker_error"],
  [5, 0xcaa10001, REQUIRED, "interaction_required", "service", "interaction_required"],
  [5, 0xcaa10006, "service", "invalid_client", "service", "invalid_client"],
  [5, 0xcaa20001, "service", "unauthorized_client", "service", "unauthorized_client"],
  [5, 0xcaa20002, "service", "invalid_request", "service", "invalid_request"],
  [5, 0xcaa20003, REQUIRED, "invalid_grant", "service", "invalid_grant"],
  [5, 0xcaa20004, "access_denied", "access_denied", "access_denied", "access_denied"],
  [5, 0xcaa20005, "network", "server_unavailable", "network", "server_unavailable"],
  [5, 0xcaa20007, "service", "invalid_scope", "service", "invalid_scope"],
  [5, 0xcaa20008, "network", "server_unavailable", "network", "server_unavailable"],
  [5, 0xcaa20009, "service", "invalid_client", "service", "invalid_client"],
  [5, 0xcaa2000b, "service", "invalid_resource", "service", "invalid_resource"],
  [5, 0xcaa2000c, REQUIRED, "interaction_required", "service", "interaction_required"],
  [2, undefined, REQUIRED, "interaction_required", "service", "account_switched"],
  ...[0xcaa30194, 0xcaa80194, 0x80190194, 0x80190193].map(
    (code) => [5, code, "service", "http_error", "service", "http_error"] as const,
  ),
  ...[0xcaa301f4, 0xcaa301f7, 0xcaa701f6, 0xcaa801f8, 0x801901f7, 0x801901ad].map(
    (code) => [5, code, "network", "server_unavailable", "network", "server_unavailable"] as const,
  ),
  ...[0xcaa30197, 0xcaa80197, 0x80190197].map(
    (code) => [5, code, "network", "proxy_refused", "network", "proxy_refused"] as const,
  ),
  ...[0x80072ee7, 0x80072ee2, 0x80072f8f, 0x8007274c, 0x80072af9, 0x800704d0, 0x80070079, 0xcaa3012c].map(
    (code) => [5, code, "network", "no_network", "network", "no_network"] as const,
  ),
  [5, 0x80070005, "service", "broker_error", "service", "broker_error"],
  [5, 0x80190000, "service", "broker_error", "service", "broker_error"],
  [5, 0x80070525, REQUIRED, "account_not_found", "service", "interaction_required"],
  [5, 0x8009030e, REQUIRED, "interaction_required", "service", "interaction_required"],
  [5, 0xcaa70004, "network", "no_network", "network", "no_network"],
  [5, 0xcaa82ee2, "network", "no_network", "network", "no_network"],
  [5, 0xcaa82ee7, "network", "no_network", "network", "no_network"],
  [5, 0xcaa82efd, "network", "no_network", "network", "no_network"],
  [5, 0xcaa82efe, "network", "no_network", "network", "no_network"],
  [5, 0xcaa82f8f, "network", "no_network", "network", "no_network"],
  [5, 0x800704cf, "network", "no_network", "network", "no_network"],
  [5, 0x80090016, REQUIRED, "interaction_required", "service", "interaction_required"],
  [5, 0x80090030, REQUIRED, "interaction_required", "service", "interaction_required"],
  [5, 0x80284001, REQUIRED, "interaction_required", "service", "interaction_required"],
  [5, 0x8028008b, REQUIRED, "interaction_required", "service", "interaction_required"],
  [5, 0xcaad0009, "network", "broker_busy", "network", "broker_busy"],
  [5, 0x80080300, "network", "broker_busy", "network", "broker_busy"],
  [5, 0x80070520, "broker_unavailable", "no_logon_session", "broker_unavailable", "no_logon_session"],
  [5, 0x80860005, REQUIRED, "interaction_required", "service", "interaction_required"],
  [5, 0x8086000c, REQUIRED, "interaction_required", "service", "interaction_required"],
  [5, 0x8086000d, "service", "broker_error", "service", "broker_error"],
  [5, 0xcaab0002, REQUIRED, "interaction_required", "user_cancelled", "dialog_closed"],
  [5, 0xcaab0003, "broker_unavailable", "provider_unavailable", "broker_unavailable", "provider_unavailable"],
  [5, 0xdeadbeef, "service", "broker_error", "service", "broker_error"],
];

describe("a result without a token", () => {
  test.each(TABLE)("status %i, code %i", (status, code, silent, detail, inDialog, detailInDialog) => {
    expect(errorOf(status, code)).toMatchObject({ code: silent, detail });
    expect(errorOf(status, code, "", true)).toMatchObject({ code: inDialog, detail: detailInDialog });
  });

  test("is worth another try exactly when it may pass by itself", () => {
    const retryable = TABLE.filter(([status, code]) => errorOf(status, code).retryable);
    expect(retryable.every(([, , code]) => code === "network")).toBe(true);
    expect(TABLE.filter(([, , code]) => code === "network")).toEqual(retryable);
  });

  test("never demands a person under a name that chains and clients would act upon, once one has acted", () => {
    for (const [status, code] of TABLE) {
      expect(errorOf(status, code, "", true).name).not.toBe("AuthenticationRequiredError");
    }
  });

  test("keeps the number in both spellings, the correlation id and WAM's words, in one line", () => {
    const { message, correlationId } = errorOf(5, 0xdeadbeef, "Something\r\n\u001b[31mhappened");
    expect(message).toContain("status 5, 0xDEADBEEF = 3735928559");
    expect(message).toContain("[Something happened]");
    expect(message).not.toMatch(/[\r\n\u001b]/);
    expect(correlationId).toBe(ask.correlationId);
  });

  test("has what Windows said as its innermost cause", () => {
    for (const code of [0xcaa20003, 0xcaa20009, 0xdeadbeef, 0xcaa82ee7, 0x80070520]) {
      expect(windowsReasonOf(errorOf(5, code))).toMatchObject({ status: 5, hresult: code });
    }
    expect(windowsReasonOf(errorOf(3))).toMatchObject({ status: 3 });
    expect(windowsReasonOf(new Error("other"))).toBeUndefined();
  });

  test("hands on what authenticate() needs", () => {
    expect(errorOf(3)).toMatchObject({ scopes: ask.scopes, claims: ask.claims });
  });
});

describe("a dialog that ended as closed", () => {
  const closed = (openForMs: number) =>
    refusalError(refusalOfResult({ status: 1, responses: [] }), { ask, interactive: true, openForMs });

  test.each([0, 5, 120, 499])("after %i ms blames nobody, and says how to do without it", (openForMs) => {
    const error = closed(openForMs);
    expect(error).toMatchObject({ code: "user_cancelled", detail: "dialog_closed_at_once" });
    expect(error.message).toContain(`after ${openForMs} ms`);
    expect(error.message).not.toContain("person");
    expect(error.hint).toContain("ENTRADA_DISABLE_BROKER=1");
  });

  test("later is the person's no, with the time, and what to do if nobody saw it", () => {
    expect(closed(800)).toMatchObject({
      detail: "dialog_closed",
      message: expect.stringContaining("800 ms"),
    });
    expect(closed(12_400)).toMatchObject({ message: expect.stringContaining("after 12 s") });
    expect(closed(12_400).hint).toContain("ENTRADA_DISABLE_BROKER=1");
  });
});

describe("an HTTP status that hides in a number", () => {
  test.each([
    [0xcaa30194, "HTTP 404"],
    [0x80190197, "HTTP 407"],
  ])("0x%x is said as it is: %s", (code, said) => {
    expect(errorOf(5, code).message).toContain(`(${said}, status 5, 0x`);
  });
});

test("a number in its signed spelling is the same number", () => {
  expect(errorOf(5, 0x80070520 | 0)).toMatchObject({ detail: "no_logon_session" });
  expect(errorOf(5, 0xcaa82ee7 | 0).message).toContain("0xCAA82EE7 = 3400019687");
});

describe("a number that nobody knows, with words of the authority beside it", () => {
  test.each([
    ["AADSTS70043: The refresh token has expired.", REQUIRED, "invalid_grant", "service", 70043],
    [
      "V2Error: interaction_required AADSTS50076: You must use multi-factor authentication.",
      REQUIRED,
      "interaction_required",
      "service",
      50076,
    ],
    [
      "V2Error: access_denied AADSTS65004: User declined.",
      "access_denied",
      "access_denied",
      "access_denied",
      65004,
    ],
    ["invalid_client AADSTS7000218: no secret.", "service", "invalid_client", "service", 7000218],
    ["AADSTS53003: Blocked by Conditional Access.", REQUIRED, "invalid_grant", "conditional_access", 53003],
  ])("%s", (text, silent, detail, inDialog, aadsts) => {
    for (const code of [0xcaa20064, 0xcaa90038, 0xdeadbeef]) {
      expect(errorOf(5, code, text)).toMatchObject({ code: silent, detail, aadsts });
    }
    expect(errorOf(5, 0xcaa20064, text, true)).toMatchObject({ code: inDialog, aadsts });
  });
});

describe("a wrong app registration", () => {
  const redirectUri = `ms-appx-web://Microsoft.AAD.BrokerPlugin/${CLIENT_ID}`;

  test.each([
    ["invalid_client", 0xcaa20009, ""],
    ["invalid_client", 0xcaa10006, ""],
    ["unauthorized_client", 0xcaa20001, ""],
    ["invalid_request", 0xcaa20002, ""],
    ["invalid_client", 0xcaa20009, "AADSTS50011: The redirect URI does not match."],
    ["invalid_client", 0xcaa20009, "AADSTS7000218: The request body must contain client_assertion."],
  ])("%s, 0x%x %s: names the exact redirect URI to register", (detail, code, text) => {
    const error = errorOf(5, code, text);
    expect(error).toMatchObject({ code: "service", detail, retryable: false });
    expect(error.hint?.split(redirectUri)).toHaveLength(2);
    expect(error.message).toContain("Mobile and desktop applications");
  });

  test("keeps the authority's number and its own remedy", () => {
    const error = errorOf(5, 0xcaa20009, "AADSTS7000218: The request body must contain client_assertion.");
    expect(error.aadsts).toBe(7000218);
    expect(error.hint).toContain("Allow public client flows");
  });
});

describe("a policy's refusal", () => {
  test.each([
    [5, 0xcaa20004, "AADSTS53003: Access has been blocked by Conditional Access policies.", 53003],
    [3, 0xcaa2000c, "AADSTS53000: Device is not in required device state.", 53000],
  ])(
    "status %i, 0x%x: is conditional_access in the dialog, with the number",
    (status, code, text, aadsts) => {
      const error = errorOf(status, code, text, true);
      expect(error).toMatchObject({ code: "conditional_access", aadsts });
      expect(error.message).toContain(`status ${status}`);
    },
  );
});

describe("a failed call", () => {
  const failed = (hresult: number, interactive = false) =>
    refusalError(
      refusalOfError(new WamError({ code: "WAM_HRESULT", step: "GetTokenSilentlyAsync", hresult })),
      {
        ask,
        interactive,
      },
    );

  test.each([
    [0x80040154, "broker_unavailable", "wam_missing"],
    [0x80070422, "broker_unavailable", "service_disabled"],
    [0x80070520, "broker_unavailable", "no_logon_session"],
    [0x800704c7, REQUIRED, "interaction_required"],
    [0x800706ba, "network", "broker_busy"],
    [0x80070005, "service", "broker_error"],
    [0x80004005, "service", "broker_error"],
  ])("0x%x", (hresult, code, detail) => {
    const error = failed(hresult);
    expect(error).toMatchObject({ code, detail });
    expect(windowsReasonOf(error)).toMatchObject({ hresult });
    if (code === "service") expect(error.message).toContain("GetTokenSilentlyAsync");
  });

  // Numbers that have no meaning, another one, and one that may pass.
  const NUMBERS = [0x80080005, 0x80070005, 0x8000ffff, 0x80004002, 0x80070057, 0x800706ba, 0xcaa20004];
  const at = (step: string, hresult: number, interactive = true) =>
    refusalError(refusalOfError(new WamError({ code: "WAM_HRESULT", step, hresult })), { ask, interactive });

  test.each([
    "WebAuthenticationCoreManager",
    "FindAccountProviderWithAuthorityAsync",
    "FindAccountProviderWithAuthorityAsync.Error",
    "FindAccountProviderAsync.GetResults",
    "WebTokenRequest",
    "WebTokenRequest.CreateWithPromptType",
    "WebTokenRequest.Properties",
    "RequestTokenForWindowAsync",
    "RequestTokenWithWebAccountForWindowAsync",
    "AccountsSettingsPane",
    "CreateWindowEx",
    "ShowAddAccountForWindowAsync",
  ])("at %s, before anything can have been shown, leads to the browser, whatever the number", (step) => {
    for (const hresult of NUMBERS) {
      expect(at(step, hresult)).toMatchObject({ code: "broker_unavailable", detail: "wam_failed" });
    }
    expect(at(step, 0x80070424)).toMatchObject({ detail: "service_disabled" });
  });

  test.each([
    "RequestTokenForWindowAsync.Error",
    "RequestTokenWithWebAccountForWindowAsync.GetResults",
    "ShowAddAccountForWindowAsync.Error",
    "WebTokenRequestResult.ResponseStatus",
    "WebTokenResponse.Token",
    "somewhere",
  ])("at %s, when a dialog may have been seen, does not", (step) => {
    expect(at(step, 0x8000ffff)).toMatchObject({ code: "service", detail: "broker_error" });
  });

  test("that ends as cancelled is cancelled, whatever the number beside it", () => {
    for (const hresult of [...NUMBERS, 0x800704c7]) {
      expect(at("GetTokenSilentlyAsync.Canceled", hresult, false)).toMatchObject({ code: REQUIRED });
      expect(at("RequestTokenForWindowAsync.Canceled", hresult)).toMatchObject({ code: "user_cancelled" });
    }
  });

  test("for want of a provider or an account says so", () => {
    const of = (code: WamError["code"]) =>
      refusalError(refusalOfError(new WamError({ code, step: "FindAccountAsync" })), {
        ask,
        interactive: false,
      });
    expect(of("WAM_PROVIDER_NOT_FOUND")).toMatchObject({
      name: "CredentialUnavailableError",
      detail: "provider_unavailable",
    });
    expect(of("WAM_ACCOUNT_NOT_FOUND")).toMatchObject({
      name: "AuthenticationRequiredError",
      detail: "account_not_found",
    });
    expect(of("WAM_CANCELLED")).toMatchObject({ code: "service" });
  });
});
