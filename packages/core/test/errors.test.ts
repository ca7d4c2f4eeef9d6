import { inspect } from "node:util";
import { describe, expect, test } from "vitest";
import {
  AuthenticationError,
  AuthenticationRequiredError,
  CredentialUnavailableError,
  isAuthenticationError,
} from "../src/index.ts";

describe("AuthenticationError", () => {
  const error = new AuthenticationError({
    code: "access_denied",
    what: "The sign-in was refused",
    remedy: "Ask an administrator",
    serverText: "AADSTS65004: User declined\u001b[31m\r\nto consent",
    aadsts: 65004,
    correlationId: "c",
    traceId: "t",
    timestamp: "2026-01-01 00:00:00Z",
  });

  test("says what happened, what to do, what the authority said, and where to read on, in one line", () => {
    expect(error.message).toBe(
      "The sign-in was refused. Ask an administrator. [AADSTS65004: User declined to consent] [Correlation ID: c Trace ID: t Timestamp: 2026-01-01 00:00:00Z] See https://github.com/entrada-auth/entrada/blob/main/docs/errors.md#access_denied",
    );
    expect(error).toMatchObject({ hint: "Ask an administrator", retryable: false, aadsts: 65004 });
  });

  test("stays within 2000 characters and keeps the address of the docs", () => {
    const { message } = new AuthenticationError({ code: "service", what: "x".repeat(10_000) });
    expect(message.length).toBe(2000);
    expect(message).toMatch(/#service$/);
  });

  test("is recognised when another copy of the package made it", async () => {
    const copy = (await import("../dist/index.mjs")) as unknown as {
      AuthenticationError: typeof AuthenticationError;
    };
    const foreign = new copy.AuthenticationError({ code: "timeout", what: "x" });
    expect(foreign.constructor).not.toBe(AuthenticationError);
    expect(foreign).toBeInstanceOf(AuthenticationError);
    expect(isAuthenticationError(foreign)).toBe(true);
    for (const other of [new Error("x"), null, undefined, "x", { code: "timeout" }])
      expect(isAuthenticationError(other)).toBe(false);
  });

  test("subclasses carry the names that chains of credentials match", () => {
    const required = new AuthenticationRequiredError({ what: "x", scopes: ["a"], claims: "{}" });
    expect([required.name, required.code, required.scopes, required.claims]).toEqual([
      "AuthenticationRequiredError",
      "authentication_required",
      ["a"],
      "{}",
    ]);
    expect(new CredentialUnavailableError({ code: "browser_unavailable", what: "x" }).name).toBe(
      "CredentialUnavailableError",
    );
    expect(required).toBeInstanceOf(AuthenticationError);
  });

  test("the marker does not clutter what is printed", () => {
    expect(inspect(error)).not.toContain("Symbol(");
    expect(Object.keys(JSON.parse(JSON.stringify(error)) as object)).not.toContain("stack");
  });
});
