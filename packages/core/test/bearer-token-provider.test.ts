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

test("a misspelt option is told with the name that is meant", () => {
  const credential = { getToken: async () => null };
  expect(() => getBearerTokenProvider(credential, SCOPE, { abort_signal: 1 } as never)).toThrow(
    /"abort_signal" is not known here. Perhaps "abortSignal" is meant/,
  );
});
