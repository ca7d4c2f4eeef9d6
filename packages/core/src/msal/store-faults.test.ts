import { startEmulator, type Emulator } from "@entrada/emulator";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { InteractiveBrowserCredential } from "../browser/interactive-browser-credential.ts";
import { memoryTokenCache } from "../cache/memory-token-cache.ts";
import type { TokenCacheStore } from "../cache/token-cache-store.ts";
import { AuthenticationError } from "../errors/authentication-error.ts";
import type { AuthenticationEvent } from "../events/events.ts";

const ARM = "https://management.azure.com/.default";
const STORAGE = "https://storage.azure.com/.default";
const TO_BE_MENDED = ["cache_no_encryption", "cache_not_regular", "cache_version"];
const FAULTS = [...TO_BE_MENDED, "cache_locked", "cache_unreadable", "cache_unwritable", "no_detail_at_all"];

let emulator: Emulator;
/** What the store throws from now on, whatever it is asked. */
let fault: string | undefined;
let tokenCache: TokenCacheStore;
let events: AuthenticationEvent[];

beforeEach(async () => {
  emulator = await startEmulator();
  emulator.trust();
  fault = undefined;
  opened = 0;
  events = [];
  const inner = memoryTokenCache();
  const failing = <A extends readonly unknown[], R>(call: (...args: A) => Promise<R>) => {
    return async (...args: A): Promise<R> => {
      if (fault === "no_detail_at_all") throw new Error("disk on fire");
      if (fault !== undefined) throw new AuthenticationError({ code: "cache", what: "x", detail: fault });
      return call(...args);
    };
  };
  tokenCache = {
    read: failing(inner.read),
    list: failing(inner.list),
    write: failing(inner.write),
    remove: failing(inner.remove),
    clear: failing(inner.clear),
    withLock: (key, work, options) => failing(() => inner.withLock(key, work, options))(),
  };
});
afterEach(() => emulator[Symbol.asyncDispose]());

/** @param meanwhile happens while the person signs in */
function credential(meanwhile: () => void = () => {}): InteractiveBrowserCredential {
  return new InteractiveBrowserCredential({
    authorityHost: emulator.authorityHost,
    tokenCache,
    onEvent: (event) => events.push(event),
    openBrowser: (url, context) => {
      opened += 1;
      meanwhile();
      return emulator.person.openBrowser(url, context);
    },
  });
}

let opened: number;
const windows = (): number => opened;

describe.each(TO_BE_MENDED)("a token cache that cannot be used (%s)", (detail) => {
  test.each([
    [
      "authenticate({ forcePrompt })",
      (c: InteractiveBrowserCredential) => c.authenticate(ARM, { forcePrompt: true }),
    ],
    ["authenticate()", (c: InteractiveBrowserCredential) => c.authenticate(ARM)],
    ["getToken()", (c: InteractiveBrowserCredential) => c.getToken(ARM)],
  ])("is told by %s before anybody is asked", async (_, call) => {
    fault = detail;
    await expect(call(credential())).rejects.toMatchObject({ code: "cache", detail });
    expect(windows()).toBe(0);
  });
});

describe.each(FAULTS)("a token cache that breaks while the person signs in (%s)", (detail) => {
  test("takes no token away: it is a warning, and the sign-in is saved when it works again", async () => {
    const signingIn = credential(() => (fault = detail));
    const first = await signingIn.getToken(ARM);
    expect(first.token).not.toBe("");
    expect(events.filter(({ type }) => type === "warning").length).toBeGreaterThan(0);
    expect(events.filter(({ type }) => type === "failed")).toEqual([]);

    // The sign-in is in memory, refresh token and all.
    expect((await signingIn.getToken(STORAGE)).token).not.toBe(first.token);
    expect((await signingIn.accounts()).length).toBe(1);
    expect(windows()).toBe(1);

    fault = undefined;
    await signingIn.getToken(STORAGE, { enableCae: true });
    await credential().getToken(ARM);
    expect(windows()).toBe(1);
  });
});

test("what is wrong with the cache after a sign-in that was forced takes nothing away either", async () => {
  const asked = credential(() => (fault = "cache_version"));
  expect((await asked.authenticate(ARM, { forcePrompt: true })).username).toContain("@");
  await asked.getToken(ARM);
  expect(windows()).toBe(1);
});

describe.each(FAULTS)("a token cache that cannot be read (%s)", (detail) => {
  test("fails a sign-out, with a name and without: nobody is told of one that was none", async () => {
    const account = await credential().authenticate(ARM);
    fault = detail;
    const expected = detail === "no_detail_at_all" ? { code: "cache" } : { code: "cache", detail };
    await expect(credential().signOut()).rejects.toMatchObject(expected);
    await expect(credential().signOut(account)).rejects.toMatchObject(expected);
    fault = undefined;
    expect(await credential().accounts()).toEqual([account]);
    await credential().signOut();
    expect(await credential().accounts()).toEqual([]);
  });
});
