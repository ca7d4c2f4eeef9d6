import { describe, expect, test } from "vitest";
import { AbortError } from "../errors/abort-error.ts";
import { AuthenticationError, type AuthenticationErrorInit } from "../errors/authentication-error.ts";
import { isFaultOnTheWay } from "./is-fault-on-the-way.ts";

const isOnTheWay = (init: Omit<AuthenticationErrorInit, "what">): boolean =>
  isFaultOnTheWay(new AuthenticationError({ what: "It failed", ...init }));

describe("a token that is still valid is no longer served", () => {
  test.each([
    "authentication_required",
    "user_cancelled",
    "access_denied",
    "device_code_expired",
    "conditional_access",
    "tenant_not_allowed",
    "account_mismatch",
    "browser_unavailable",
    "unsupported",
  ] as const)("after %s", (code) => {
    expect(isOnTheWay({ code })).toBe(false);
  });

  test.each([
    "invalid_request",
    "invalid_client",
    "invalid_grant",
    "invalid_resource",
    "invalid_scope",
    "invalid_target",
    "unauthorized_client",
    "unsupported_grant_type",
    "unsupported_response_type",
    "bad_verification_code",
  ])("after the authority's word %s", (detail) => {
    expect(isOnTheWay({ code: "service", detail })).toBe(false);
  });

  test("after any word that an AADSTS number shows to be the authority's", () => {
    expect(isOnTheWay({ code: "service", detail: "some_word", aadsts: 50_001 })).toBe(false);
  });

  test("while a person who said no is left alone, though that may be tried again", () => {
    expect(isOnTheWay({ code: "timeout", detail: "prompt_cooldown", retryable: true })).toBe(false);
  });

  test("after an abort", () => {
    expect(isFaultOnTheWay(new AbortError(AbortSignal.abort()))).toBe(false);
  });
});

describe("a token that is still valid goes on being served", () => {
  test.each(["network", "timeout", "invalid_response", "cache", "broker_unavailable"] as const)(
    "after %s",
    (code) => {
      expect(isOnTheWay({ code })).toBe(true);
    },
  );

  test("after whatever may be tried again", () => {
    expect(isOnTheWay({ code: "service", detail: "invalid_grant", retryable: true })).toBe(true);
  });

  test.each([undefined, "blocked_by_proxy", ""])("after words that are not the protocol's: %j", (detail) => {
    expect(isOnTheWay({ code: "service", detail })).toBe(true);
  });

  test.each([new Error("lost"), undefined, null, "text"])("after what is no error of ours: %o", (error) => {
    expect(isFaultOnTheWay(error)).toBe(true);
  });
});
