import { chmod, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { InteractiveBrowserCredential, type AuthenticationEvent, type TokenCacheStore } from "@entrada/core";
import { describe, expect, test } from "vitest";
import { cacheError } from "../src/cache-error.ts";
import type { CacheWarning } from "../src/cache-warning.ts";
import type { PersistentTokenCacheOptions } from "../src/persistent-token-cache.ts";
import { cacheFixture, save, temporaryFolder, type CacheFixture } from "./support/cache-fixture.ts";

type Options = Partial<PersistentTokenCacheOptions>;

/** What brings each warning about, for a cache with these options: the next who reads the cache meets it. */
const CAUSES: Readonly<
  Record<CacheWarning["code"], (fixture: CacheFixture, options: Options) => Promise<void>>
> = {
  cache_corrupt: async ({ open, folder }) => {
    await save(open(), "{}");
    await writeFile(join(folder, "head"), "junk", { mode: 0o600 });
  },
  cache_key_permissions: async ({ open }, options) => {
    await save(open(options), "{}");
    await chmod((options.key as { readonly file: string }).file, 0o644);
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
  ([code]) => !(code.endsWith("_permissions") && process.platform === "win32"),
);

async function optionsFor(code: string): Promise<Options> {
  if (code !== "cache_key_permissions") return {};
  const file = join(await temporaryFolder(), "the-key");
  await writeFile(file, Buffer.alloc(32, 7), { mode: 0o600 });
  return { keyStore: undefined, key: { file } };
}

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
    const options = await optionsFor(code);
    await cause(fixture, options);
    const { credential, heard } = credentialOver(fixture.open(options).store);
    await credential.accounts();
    expect(heard(code)).toBe(1);
    expect(fixture.warnings.map((warning) => warning.code)).toEqual([code]);
  });

  test("reaches only who uses the cache at that time, and its owner once", async () => {
    const fixture = await cacheFixture();
    const options = await optionsFor(code);
    const cache = fixture.open(options).store;
    const before = credentialOver(cache);
    await before.credential.accounts();
    await cause(fixture, options);
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
