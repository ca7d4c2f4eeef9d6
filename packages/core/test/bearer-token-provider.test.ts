import { startEmulator } from "@entrada/emulator";
import { expect, test } from "vitest";
import { getBearerTokenProvider, InteractiveBrowserCredential } from "../src/index.ts";

const SCOPE = "https://cognitiveservices.azure.com/.default";

test("each call gives a token that is valid, and the person is asked once", async () => {
  await using emulator = await startEmulator();
  emulator.trust();
  const credential = new InteractiveBrowserCredential({
    authorityHost: emulator.authorityHost,
    openBrowser: (url, context) => emulator.person.openBrowser(url, context),
  });
  const provide = getBearerTokenProvider(credential, SCOPE);
  expect(emulator.requests.length).toBe(0);
  const tokens = await Promise.all([provide(), provide(), provide()]);
  expect(new Set([...tokens, await provide(), (await credential.getToken(SCOPE)).token]).size).toBe(1);
  expect(emulator.count("redeem")).toBe(1);
});

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

test("what can be no credential and no option is refused at once, by name", () => {
  const credential = { getToken: async () => null };
  expect(() => getBearerTokenProvider({} as never, SCOPE)).toThrow(
    /"credential" must be an object with the methods getToken/,
  );
  expect(() => getBearerTokenProvider(credential, SCOPE, { abort_signal: 1 } as never)).toThrow(
    /"abort_signal" is not known here. Perhaps "abortSignal" is meant/,
  );
});
