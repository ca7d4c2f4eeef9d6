import { createHash } from "node:crypto";
import { expect, test } from "vitest";
import { createAuthorizationSecrets } from "./pkce.ts";

test("each secret of a request has 256 bits of chance, and is another in each request", () => {
  const requests = Array.from({ length: 200 }, createAuthorizationSecrets);
  for (const name of ["state", "nonce", "codeVerifier"] as const) {
    const values = requests.map((each) => Buffer.from(each[name], "base64url"));
    expect(new Set(values.map(({ length }) => length))).toEqual(new Set([32]));
    expect(new Set(values.map(String)).size).toBe(200);
    // Every one of the bits is at times set and at times not: none of them is padding.
    for (let bit = 0; bit < 256; bit += 1) {
      const set = values.filter((value) => ((value[bit >> 3]! >> (bit & 7)) & 1) === 1).length;
      expect(set).toBeGreaterThan(20);
      expect(set).toBeLessThan(180);
    }
  }
  const all = requests.flatMap(({ state, nonce, codeVerifier }) => [state, nonce, codeVerifier]);
  expect(new Set(all).size).toBe(600);
});

// RFC 7636, sections 4.1 and 4.2.
test("the verifier is 43 characters of the allowed alphabet, and the challenge is its SHA-256", () => {
  const { codeVerifier, codeChallenge } = createAuthorizationSecrets();
  expect(codeVerifier).toMatch(/^[A-Za-z0-9_-]{43}$/);
  expect(codeChallenge).toBe(createHash("sha256").update(codeVerifier).digest("base64url"));
});
