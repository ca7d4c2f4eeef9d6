import { describe, expect, test } from "vitest";
import { failureOf } from "../../test/support/cache-fixture.ts";
import { FIXED_KEY } from "../../test/support/fixed-key-store.ts";
import { MemoryKeyStore } from "../../test/support/memory-key-store.ts";
import { sealWhole } from "../../test/support/seal-whole.ts";
import { cacheError } from "../cache-error.ts";
import type { CacheWarning } from "../cache-warning.ts";
import { newDataKey, parseDataKey, serializeDataKey, type DataKey } from "../sealed/data-key.ts";
import type { SealHeader } from "../sealed/sealed-format.ts";
import { DataKeys, type Protection } from "./data-keys.ts";

const ABSENT = cacheError("cache_no_encryption", "No keyring", "Install one");
const LOCKED = cacheError("cache_unreadable", "Locked", "Unlock it");
const MISTAKE = new TypeError("a mistake");
const BOTH = ["require", "prefer"] as const;

function headerOf(key: DataKey | undefined): SealHeader {
  return sealWhole(Buffer.from("content"), key, 1n).header;
}

function keysOver(protection: Protection, secret?: string) {
  const store = new MemoryKeyStore(secret);
  const warnings: CacheWarning[] = [];
  let opened = 0;
  const openStore = (): MemoryKeyStore => (opened++, store);
  const keys = new DataKeys(openStore, protection, (warning) => warnings.push(warning));
  return { keys, store, warnings, opened: () => opened };
}

const KEPT = serializeDataKey(FIXED_KEY);

describe.each(BOTH)("with protection %s", (protection) => {
  test("the store is opened at the first need, and once", async () => {
    const { keys, opened } = keysOver(protection, KEPT);
    expect(opened()).toBe(0);
    await keys.toSeal(undefined);
    await keys.toOpen(headerOf(FIXED_KEY));
    await keys.destroy();
    expect(opened()).toBe(1);
  });

  test("sealed content is opened, and sealed again, with the key that it names, which is asked for once", async () => {
    const { keys, store, warnings } = keysOver(protection, KEPT);
    for (let round = 0; round < 2; round++) {
      expect(await keys.toOpen(headerOf(FIXED_KEY))).toEqual(FIXED_KEY);
      expect(await keys.toSeal(headerOf(FIXED_KEY))).toEqual(FIXED_KEY);
    }
    expect(store.calls).toBe(1);
    expect(warnings).toEqual([]);
  });

  test("content that another process has sealed with a new key is opened with that one", async () => {
    const { keys, store } = keysOver(protection, KEPT);
    await keys.toOpen(headerOf(FIXED_KEY));
    const another = newDataKey();
    store.secret = serializeDataKey(another);
    expect(await keys.toOpen(headerOf(another))).toEqual(another);
  });

  test("where there is nothing, the kept key seals, or a new one that is kept first", async () => {
    const { keys, store } = keysOver(protection, KEPT);
    expect(await keys.toSeal(undefined)).toEqual(FIXED_KEY);
    store.secret = undefined;
    const made = await keys.toSeal(undefined);
    expect(made).not.toEqual(FIXED_KEY);
    expect(parseDataKey(store.secret!)).toEqual(made);
  });

  test("a store that does not keep a key is found out before anything is sealed", async () => {
    const { keys, store } = keysOver(protection);
    store.write = () => Promise.resolve();
    expect(await failureOf(keys.toSeal(undefined))).toMatchObject({
      detail: "cache_unreadable",
      message: expect.stringMatching(/did not keep.*pass `key`/) as string,
    });
  });

  test.each([
    ["another key", serializeDataKey(newDataKey()), /another key than the one that is kept/],
    ["no key any more", undefined, /no longer where it is kept/],
    ["something else", "junk-marker", /not written by this version/],
  ])("sealed content for which there is %s is left alone, and why is said", async (_, secret, why) => {
    const { keys } = keysOver(protection, secret);
    for (const call of [keys.toOpen(headerOf(FIXED_KEY)), keys.toSeal(headerOf(FIXED_KEY))]) {
      const failure = await failureOf(call);
      expect(failure).toMatchObject({ code: "cache", detail: "cache_unreadable" });
      expect(failure.message).toMatch(why);
      expect(failure.message).not.toContain("marker");
    }
  });

  test("what is kept and is no key is not written over", async () => {
    const { keys, store } = keysOver(protection, "junk");
    expect(await failureOf(keys.toSeal(undefined))).toMatchObject({ detail: "cache_unreadable" });
    expect(store.secret).toBe("junk");
  });

  test.each([
    ["that is locked", LOCKED],
    ["with a mistake in it", MISTAKE],
  ])("a store %s is that fault, and nothing is sealed without it", async (_, fault) => {
    const { keys, store, warnings } = keysOver(protection, KEPT);
    store.failure = fault;
    expect(await failureOf(keys.toSeal(undefined))).toBe(fault);
    expect(await failureOf(keys.toOpen(headerOf(FIXED_KEY)))).toBe(fault);
    expect(warnings).toEqual([]);
  });

  test("there is a key to destroy where one is kept, as far as that can be seen; none is made for that", async () => {
    const { keys, store } = keysOver(protection, KEPT);
    expect(await keys.isKept()).toBe(true);
    store.secret = undefined;
    expect(await keys.isKept()).toBe(false);
    expect(store.secret).toBeUndefined();
    store.secret = KEPT;
    store.failure = LOCKED;
    expect(await keys.isKept()).toBe(false);
    store.failure = MISTAKE;
    expect(await failureOf(keys.isKept())).toBe(MISTAKE);
  });

  test("a key that is destroyed is forgotten and removed; one that cannot be removed opens nothing any more", async () => {
    const { keys, store } = keysOver(protection, KEPT);
    await keys.toOpen(headerOf(FIXED_KEY));
    await keys.destroy();
    expect(store.secret).toBeUndefined();
    expect(await failureOf(keys.toOpen(headerOf(FIXED_KEY)))).toMatchObject({ detail: "cache_unreadable" });
    store.failure = LOCKED;
    await keys.destroy();
    store.failure = MISTAKE;
    expect(await failureOf(keys.destroy())).toBe(MISTAKE);
  });
});

describe("where a key is required", () => {
  test("a missing keyring is told before anybody signs in", async () => {
    const { keys, store } = keysOver("require");
    store.failure = ABSENT;
    for (const call of [
      keys.toOpen(undefined),
      keys.toSeal(undefined),
      keys.toOpen(headerOf(FIXED_KEY)),
      keys.toSeal(headerOf(FIXED_KEY)),
      keys.toOpen(headerOf(undefined)),
    ])
      expect(await failureOf(call)).toBe(ABSENT);
  });

  test("a keyring that answered once is not asked again for nothing", async () => {
    const { keys, store, warnings } = keysOver("require", KEPT);
    for (let round = 0; round < 2; round++) expect(await keys.toOpen(undefined)).toBeUndefined();
    expect(store.calls).toBe(1);
    expect(await keys.toOpen(headerOf(FIXED_KEY))).toEqual(FIXED_KEY);
    expect(store.calls).toBe(1);
    expect(warnings).toEqual([]);
  });

  test("content that is not sealed is opened, told of, and sealed by the next save", async () => {
    const { keys, warnings } = keysOver("require", KEPT);
    expect(await keys.toOpen(headerOf(undefined))).toBeUndefined();
    expect(warnings).toEqual([
      { code: "cache_plain", message: "The token cache was not encrypted; its next save will be." },
    ]);
    expect(await keys.toSeal(headerOf(undefined))).toEqual(FIXED_KEY);
  });
});

describe("where a key is preferred", () => {
  test("nothing asks for one before there is something to seal", async () => {
    const { keys, store, warnings } = keysOver("prefer");
    store.failure = ABSENT;
    expect(await keys.toOpen(undefined)).toBeUndefined();
    expect(await keys.toOpen(headerOf(undefined))).toBeUndefined();
    expect(store.calls).toBe(0);
    expect(warnings).toEqual([]);
  });

  test("without a keyring nothing is sealed, and that is told", async () => {
    const { keys, store, warnings } = keysOver("prefer");
    store.failure = ABSENT;
    expect(await keys.toSeal(undefined)).toBeUndefined();
    expect(warnings).toMatchObject([
      { code: "cache_plain", message: expect.stringContaining("no keyring") as string },
    ]);
  });

  test("a keyring that has gone since is not the key that it gave", async () => {
    const { keys, store } = keysOver("prefer", KEPT);
    expect(await keys.toSeal(undefined)).toEqual(FIXED_KEY);
    store.failure = ABSENT;
    expect(await keys.toSeal(undefined)).toBeUndefined();
  });

  test("sealed content needs one all the same", async () => {
    const { keys, store } = keysOver("prefer");
    store.failure = ABSENT;
    for (const call of [keys.toOpen(headerOf(FIXED_KEY)), keys.toSeal(headerOf(FIXED_KEY))]) {
      expect(await failureOf(call)).toMatchObject({
        detail: "cache_unreadable",
        message: expect.stringMatching(/no keyring to open it/) as string,
        cause: ABSENT,
      });
    }
  });
});
