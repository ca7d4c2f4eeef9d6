import { startEmulator, type Emulator, type EmulatorAnswer } from "@entrada/emulator";
import { afterEach, beforeEach, expect, test } from "vitest";
import type { AuthenticationRecord } from "../authentication-record.ts";
import { InteractiveBrowserCredential } from "../browser/interactive-browser-credential.ts";
import { memoryTokenCache } from "../cache/memory-token-cache.ts";
import type { TokenCacheStore } from "../cache/token-cache-store.ts";

const ARM = "https://management.azure.com/.default";
const STORAGE = "https://storage.azure.com/.default";
const VAULT = "https://vault.azure.net/.default";

let emulator: Emulator;
let tokenCache: TokenCacheStore;
let account: AuthenticationRecord;

beforeEach(async () => {
  emulator = await startEmulator();
  emulator.trust();
  tokenCache = memoryTokenCache();
  account = await credential().authenticate(ARM);
});
afterEach(() => emulator[Symbol.asyncDispose]());

/** As another process has it: nothing is in its memory. */
function credential(): InteractiveBrowserCredential {
  return new InteractiveBrowserCredential({
    authorityHost: emulator.authorityHost,
    tokenCache,
    openBrowser: (url, context) => emulator.person.openBrowser(url, context),
  });
}

const changed = (changes: Readonly<Record<string, unknown>>) => (answer: EmulatorAnswer) => ({
  ...answer,
  body: { ...(answer.body as object), ...changes },
});

const prompts = (): number => emulator.requests.filter(({ kind }) => kind === "authorize").length;

test("a renewal that brings another account's token is refused, and its tokens are not kept", async () => {
  const [, utid] = account.homeAccountId.split(".");
  const uid = "99999999-9999-4999-8999-999999999999";
  const client_info = Buffer.from(JSON.stringify({ uid, utid })).toString("base64url");
  const mutate = changed({
    client_info,
    access_token: "of-somebody-else",
    refresh_token: "of-somebody-else",
  });
  emulator.script({ on: "refresh", mutate });
  await expect(credential().getToken(STORAGE)).rejects.toMatchObject({ code: "account_mismatch" });
  expect(prompts()).toBe(1);
  expect((await credential().getToken(STORAGE)).token).not.toBe("of-somebody-else");
  expect((await credential().accounts()).map((each) => each.homeAccountId)).toEqual([account.homeAccountId]);
  expect(prompts()).toBe(1);
});

test("the id of an account is the same in capital letters", async () => {
  const [uid, utid] = account.homeAccountId.toUpperCase().split(".");
  const client_info = Buffer.from(JSON.stringify({ uid, utid })).toString("base64url");
  emulator.script({ on: "refresh", mutate: changed({ client_info }) });
  await credential().getToken(STORAGE);
  expect(prompts()).toBe(1);
});

// RFC 6749, section 6: an authority that sends no new refresh token means the old one.
test("a renewal without a refresh token keeps the old one", async () => {
  emulator.script({ on: "refresh", mutate: changed({ refresh_token: undefined }) });
  await credential().getToken(STORAGE);
  await credential().getToken(VAULT);
  expect(prompts()).toBe(1);
  expect(emulator.requests.filter(({ kind }) => kind === "refresh").length).toBe(2);
});
