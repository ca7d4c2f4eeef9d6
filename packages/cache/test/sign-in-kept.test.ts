import { rename, rm, symlink, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { InteractiveBrowserCredential, type AuthenticationEvent } from "@entrada/core";
import { startEmulator, type Emulator } from "@entrada/emulator";
import { afterEach, beforeEach, expect, test } from "vitest";
import { cacheError } from "../src/cache-error.ts";
import type { KeyStore } from "../src/keys/key-store.ts";
import { persistentTokenCache } from "../src/persistent-token-cache.ts";
import { temporaryFolder } from "./support/cache-fixture.ts";
import { fixedKeyStore } from "./support/fixed-key-store.ts";

const ARM = "https://management.azure.com/.default";
const STORAGE = "https://storage.azure.com/.default";

let emulator: Emulator;
let directory: string;
let events: AuthenticationEvent[];
let opened: number;
beforeEach(async () => {
  emulator = await startEmulator();
  emulator.trust();
  directory = await temporaryFolder();
  events = [];
  opened = 0;
});
afterEach(() => emulator[Symbol.asyncDispose]());

function credential(
  meanwhile: () => Promise<void>,
  keyStore: () => KeyStore = fixedKeyStore,
): InteractiveBrowserCredential {
  return new InteractiveBrowserCredential({
    authorityHost: emulator.authorityHost,
    tokenCache: persistentTokenCache({ name: "test", directory, keyStore, onWarning: () => {} }),
    onEvent: (event) => events.push(event),
    openBrowser: async (url, context) => {
      opened += 1;
      await meanwhile();
      await emulator.person.openBrowser(url, context);
    },
  });
}

test("no keyring: told before anybody is asked, forced or not", async () => {
  const none = (): never => {
    throw cacheError("cache_no_encryption", "This platform has no keyring", "Use another one");
  };
  const keyStore = (): KeyStore => ({
    read: async () => none(),
    write: async () => none(),
    remove: async () => {},
  });
  const asking = credential(async () => {}, keyStore);
  for (const forcePrompt of [true, false])
    await expect(asking.authenticate(ARM, { forcePrompt })).rejects.toMatchObject({ code: "cache" });
  expect(opened).toBe(0);
});

const folder = (): string => join(directory, "test.accounts");
const file = (): string => join(directory, "test.cache");
test.each<[string, () => Promise<void>]>([
  ["a link is placed", () => symlink("/dev/null", file())],
  [
    "a newer Entrada makes its folder",
    async () => {
      const other = await temporaryFolder();
      const inner = persistentTokenCache({ name: "test", directory: other, keyStore: fixedKeyStore });
      await inner.write("some|key|of", new TextEncoder().encode('{"version":99}'));
      await rm(folder(), { recursive: true, force: true });
      await rename(join(other, "test.accounts"), folder());
    },
  ],
  ["something that is no cache is written", () => writeFile(file(), "not ours", { mode: 0o600 })],
])("%s while the person signs in: the token is handed out, and the sign-in goes on", async (_, meanwhile) => {
  const asking = credential(meanwhile);
  const { token } = await asking.getToken(ARM);
  expect((await asking.getToken(STORAGE)).token).not.toBe(token);
  expect(events.filter(({ type }) => type === "failed")).toEqual([]);
  expect(opened).toBe(1);
});
