import { expect, test } from "vitest";
import { AuthenticationRequiredError } from "../errors/authentication-error.ts";
import { personNeeded } from "./person-needed.ts";
import type { TokenCall } from "./token-call.ts";

const OPTIONS = { tenantId: "t", claims: '{"asked":1}' };
const CALL: TokenCall = {
  scopes: ["s"],
  tenantId: "t",
  claims: '{"asked":1}',
  enableCae: false,
  correlationId: "c",
  options: OPTIONS,
};

test("a call that may not ask says what to ask a person for, and why", () => {
  const error = personNeeded(CALL);
  expect(error).toMatchObject({
    code: "authentication_required",
    scopes: ["s"],
    claims: '{"asked":1}',
    getTokenOptions: OPTIONS,
  });
  expect([error.detail, error.cause, error.aadsts]).toEqual([undefined, undefined, undefined]);
});

test("the authority's reason goes with it: its words, its claims, and what it was caused by", () => {
  const known = {
    detail: "consent_required",
    aadsts: 65001,
    correlationId: "theirs",
    traceId: "trace",
    timestamp: "now",
  };
  const cause = new Error("said so");
  const reason = new AuthenticationRequiredError({
    what: "x",
    scopes: [],
    claims: '{"a":1}',
    ...known,
    cause,
  });
  expect(personNeeded(CALL, reason)).toMatchObject({ ...known, claims: '{"a":1}', cause });
  const plain = new AuthenticationRequiredError({ what: "x", scopes: [] });
  expect(personNeeded(CALL, plain)).toMatchObject({ claims: '{"asked":1}', cause: plain });
});
