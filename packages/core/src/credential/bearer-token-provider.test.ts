import { expect, test } from "vitest";
import { getBearerTokenProvider } from "./bearer-token-provider.ts";

const SCOPE = "https://cognitiveservices.azure.com/.default";

test("what is given besides goes with each call, and a failure is the credential's own", async () => {
  const asked: unknown[] = [];
  const failure = new Error("no");
  const options = { tenantId: "contoso.example", enableCae: true };
  const provide = getBearerTokenProvider(
    {
      getToken: async (...given) => {
        asked.push(given);
        if (asked.length === 2) throw failure;
        return asked.length === 3 ? null : { token: `token ${asked.length}`, expiresOnTimestamp: 1 };
      },
    },
    [SCOPE],
    options,
  );
  expect(await provide()).toBe("token 1");
  await expect(provide()).rejects.toBe(failure);
  await expect(provide()).rejects.toThrow("The credential gave no token.");
  expect(asked[0]).toEqual([[SCOPE], options]);
});

test("nothing has to be given besides", async () => {
  const credential = { getToken: async () => ({ token: "t", expiresOnTimestamp: 1 }) };
  expect(await getBearerTokenProvider(credential, SCOPE)()).toBe("t");
});

test("what can be no credential and no option is refused at once, by name", () => {
  const credential = { getToken: async () => null };
  expect(() => getBearerTokenProvider({} as never, SCOPE)).toThrow(
    /"credential" must be an object with the methods getToken/,
  );
  expect(() => getBearerTokenProvider(credential, SCOPE, { abort_signal: 1 } as never)).toThrow(
    /"abort_signal" is not known here/,
  );
});
