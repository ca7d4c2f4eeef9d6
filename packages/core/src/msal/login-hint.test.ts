import { startEmulator, type Emulator } from "@entrada/emulator";
import { afterEach, beforeEach, expect, test } from "vitest";
import {
  InteractiveBrowserCredential,
  type InteractiveBrowserCredentialOptions,
} from "../browser/interactive-browser-credential.ts";
import { memoryTokenCache } from "../cache/memory-token-cache.ts";
import type { TokenCacheStore } from "../cache/token-cache-store.ts";

const ARM = "https://management.azure.com/.default";
const STORAGE = "https://storage.azure.com/.default";
const ALIAS = "countess@contoso.example";

let emulator: Emulator;
let tokenCache: TokenCacheStore;
let opened: number;
beforeEach(async () => {
  emulator = await startEmulator();
  emulator.trust();
  tokenCache = memoryTokenCache();
  opened = 0;
});
afterEach(() => emulator[Symbol.asyncDispose]());

/** The next run of the program. */
function credential(options: InteractiveBrowserCredentialOptions): InteractiveBrowserCredential {
  return new InteractiveBrowserCredential({
    authorityHost: emulator.authorityHost,
    tokenCache,
    openBrowser: (url, context) => {
      opened += 1;
      return emulator.person.openBrowser(url, context);
    },
    ...options,
  });
}

/** Who the person is, whatever the hint suggests. */
function personIs(account: string): void {
  emulator.person.script({ action: "approve", account });
}

test.each([undefined, "login", "select_account"] as const)(
  "a hint that is another name of the person (prompt: %s) is remembered: no window in the next run",
  async (prompt) => {
    const { username } = emulator.defaults.account;
    personIs(username);
    const loginHint = ALIAS;
    expect((await credential({ loginHint, prompt }).authenticate(ARM)).username).toBe(username);
    await credential({ loginHint: ALIAS.toUpperCase(), prompt }).getToken(STORAGE);
    await credential({ loginHint: username }).getToken(STORAGE);
    expect(opened).toBe(1);
    // A renewal does not forget it.
    await credential({ loginHint }).getToken("https://vault.azure.net/.default");
    expect(opened).toBe(1);
  },
);

test("a hint that has led to nobody admits no other", async () => {
  personIs(emulator.defaults.account.username);
  await credential({ loginHint: ALIAS }).authenticate(ARM);
  const silent = credential({ loginHint: "eve@contoso.example", disableAutomaticAuthentication: true });
  await expect(silent.getToken(ARM)).rejects.toMatchObject({ code: "authentication_required" });
});

test("account_mismatch is for another object than the one that the hint is known to mean", async () => {
  const { account, guest } = emulator.defaults;
  personIs(account.username);
  await credential({ loginHint: ALIAS }).authenticate(ARM);
  personIs(guest.username);
  const other = credential({ loginHint: ALIAS, prompt: "login" });
  await expect(other.authenticate(ARM, { forcePrompt: true })).rejects.toMatchObject({
    code: "account_mismatch",
  });
});

test("signOut() without an account finds the one that the hint led to", async () => {
  personIs(emulator.defaults.account.username);
  await credential({ loginHint: ALIAS }).authenticate(ARM);
  await credential({ loginHint: ALIAS }).signOut();
  expect(await credential({}).accounts()).toEqual([]);
});
