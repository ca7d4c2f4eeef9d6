import { InteractiveBrowserCredential, type TokenCacheStore } from "@entrada/core";
import { startEmulator, type Emulator } from "@entrada/emulator";
import { afterEach, beforeEach, expect, test } from "vitest";
import { persistentTokenCache } from "../src/persistent-token-cache.ts";
import { temporaryFolder } from "./support/cache-fixture.ts";
import { fixedKeyStore } from "./support/fixed-key-store.ts";

const ARM = "https://management.azure.com/.default";

let emulator: Emulator;
beforeEach(async () => {
  emulator = await startEmulator();
  emulator.trust();
});
afterEach(() => emulator[Symbol.asyncDispose]());

test("neither a sign-in, nor a renewal for a named account, nor a silent call looks at the other accounts", async () => {
  const called: string[] = [];
  const store = persistentTokenCache({
    name: "test",
    directory: await temporaryFolder(),
    keyStore: fixedKeyStore,
  });
  const tokenCache: TokenCacheStore = {
    ...store,
    list: () => {
      called.push("list");
      return store.list();
    },
  };
  const open = (authenticationRecord?: Awaited<ReturnType<InteractiveBrowserCredential["authenticate"]>>) =>
    new InteractiveBrowserCredential({
      authorityHost: emulator.authorityHost,
      tokenCache,
      ...(authenticationRecord && { authenticationRecord }),
      openBrowser: (url, context) => emulator.person.openBrowser(url, context),
    });
  const record = await open().authenticate(ARM, { forcePrompt: true });
  await open(record).getToken(ARM);
  await open(record).getToken("https://storage.azure.com/.default");
  expect(called).toEqual([]);
});
