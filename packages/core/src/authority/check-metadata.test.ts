import { describe, expect, it } from "vitest";
import type { AuthorityAnswer } from "../http/authority-answer.ts";
import { checkMetadata, type AuthorityMetadata } from "./check-metadata.ts";

const HOST = "https://login.contoso.test";

function checked(changes: object, status = 200): AuthorityMetadata {
  const json = {
    issuer: `${HOST}/{tenantid}/v2.0`,
    authorization_endpoint: `${HOST}/authorize`,
    token_endpoint: `${HOST}/token`,
    ...changes,
  };
  const answer: AuthorityAnswer = { status, json, header: () => undefined };
  return checkMetadata(answer, { authorityHost: HOST, tenant: "contoso.test", correlationId: "c-1" });
}

describe("B2: an endpoint", () => {
  it("may be as long as 2,048 characters, and no longer", () => {
    const longest = `${HOST}/`.padEnd(2048, "x");
    expect(checked({ token_endpoint: longest }).token_endpoint).toBe(longest);
    expect(() => checked({ token_endpoint: `${longest}x` })).toThrow("token_endpoint");
  });

  it.each(["user@", ":password@", "user:password@"])("does not begin with %s", (who) => {
    expect(() => checked({ token_endpoint: `https://${who}login.contoso.test/token` })).toThrow(
      "token_endpoint",
    );
  });
});

it("a refusal of the document is no reason to ask a person, since no sign-in cures it", () => {
  expect(() => checked({ error: "invalid_grant" }, 400)).toThrow(
    expect.objectContaining({ name: "AuthenticationError", code: "service", detail: "invalid_grant" }),
  );
});
