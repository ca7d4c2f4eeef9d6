import { expect, test } from "vitest";
import { AuthenticationError, type AuthenticationErrorInit } from "../errors/authentication-error.ts";
import { whatOf } from "./what-of.ts";

const WHAT = "login.example answered 503 (after 1.5 s)";

test.each<[string, Partial<AuthenticationErrorInit>]>([
  ["and nothing else", {}],
  ["before what to do", { remedy: "Try again. Or do not" }],
  ["before the authority's words", { serverText: "AADSTS90033: A transient error. Please try again." }],
  ["before the identifiers", { correlationId: "c", traceId: "t", timestamp: "2026-01-01" }],
])("what an error says has happened, %s", (_, more) => {
  expect(whatOf(new AuthenticationError({ code: "network", what: WHAT, ...more }))).toBe(WHAT);
});
