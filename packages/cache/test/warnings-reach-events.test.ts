import { chmod, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { InteractiveBrowserCredential, type AuthenticationEvent, type TokenCacheStore } from "@entrada/core";
import { describe, expect, test } from "vitest";
import { cacheError } from "../src/cache-error.ts";
import type { CacheWarning } from "../src/cache-warning.ts";
import { cacheFixture, save, type CacheFixture } from "./support/cache-fixture.ts";

/** What brings each warning about: the next who reads the cache meets it. */
const CAUSES: Readonly<Record<CacheWarning["code"], (fixture: CacheFixture) => Promise<void>>> = {
  cache_corrupt: async ({ open, folder }) => {
    await save(open(), "{}");
    await writeFile(join(folder, "head"), "junk", { mode: 0o600 });
  },
  cache_plain: async ({ open, keys }) => {
    keys.failure = cacheError("cache_no_encryption", "There is no keyring", "Start one");
    await save(open({ protection: "prefer", onWarning: () => {} }), "{}");
    keys.failure = undefined;
  },
  cache_permissions: async ({ open, folder }) => {
    await save(open(), "{}");
    await chmod(join(folder, "head"), 0o644);
  },
};
const causes = Object.entries(CAUSES).filter(
  ([code]) => !(code === "cache_permissions" && process.platform === "win32"),
);

function credentialOver(tokenCache: TokenCacheStore): {
  readonly credential: InteractiveBrowserCredential;
  /** How often a warning of this code came. */
  readonly heard: (code: string) => number;
} {
  const events: AuthenticationEvent[] = [];
  const credential = new InteractiveBrowserCredential({ tokenCache, onEvent: (event) => events.push(event) });
  return {
    credential,
    heard: (code) => events.filter((event) => event.type === "warning" && event.code === code).length,
  };
}

describe.each(causes)("P26: %s", (code, cause) => {
  test("reaches onEvent of the credential, and the cache's own listener", async () => {
    const fixture = await cacheFixture();
    await cause(fixture);
    const { credential, heard } = credentialOver(fixture.open().store);
    await credential.accounts();
    expect(heard(code)).toBe(1);
    expect(fixture.warnings.map((warning) => warning.code)).toEqual([code]);
  });

  test("reaches only who uses the cache at that time, and its owner once", async () => {
    const fixture = await cacheFixture();
    const cache = fixture.open().store;
    const before = credentialOver(cache);
    await before.credential.accounts();
    await cause(fixture);
    const using = credentialOver(cache);
    await using.credential.accounts();
    await using.credential.accounts();
    expect([before.heard(code), using.heard(code)]).toEqual([0, 1]);
    expect(fixture.warnings.map((warning) => warning.code)).toEqual([code]);
  });
});

test("what the cache cannot do reaches onEvent once, though each step of a call meets it", async () => {
  const { open, directory } = await cacheFixture();
  const file = join(directory, "no-folder");
  await writeFile(file, "");
  const { credential, heard } = credentialOver(open({ directory: file }).store);
  expect(await credential.accounts()).toEqual([]);
  expect(await credential.accounts()).toEqual([]);
  expect(heard("cache_unreadable")).toBe(1);
});
