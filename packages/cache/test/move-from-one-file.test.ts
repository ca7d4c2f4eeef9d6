import { blobTokenCache, type TokenCacheStore } from "@entrada/core";
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { cachePath } from "../src/file/cache-path.ts";
import { FilePlace } from "../src/file/file-place.ts";
import { DataKeys } from "../src/keys/data-keys.ts";
import { SealedTokenCache } from "../src/sealed/sealed-token-cache.ts";
import { bytes, cacheFixture, failureOf, text, type CacheFixture } from "./support/cache-fixture.ts";

const KEYS = ["ada", "bob", "eve"].map((name) => `client|authority|${name}`);

/** The same cache as a version of before sees it: one file for all accounts. */
function before({ directory, keys }: CacheFixture): TokenCacheStore {
  const warn = (): void => {};
  const path = cachePath("test", directory, () => directory);
  return blobTokenCache(
    new SealedTokenCache({
      place: new FilePlace({ path: () => path, warn }),
      keys: new DataKeys(() => keys, "require", warn),
      warn,
      lockTimeoutInMs: 1000,
    }),
  );
}

async function filled(fixture: CacheFixture): Promise<TokenCacheStore> {
  const old = before(fixture);
  for (const key of KEYS) await old.write(key, bytes(`of ${key}`), `label of ${key}`);
  return old;
}

const keysOf = async (store: TokenCacheStore): Promise<readonly string[]> =>
  (await store.list()).map(({ key }) => key).toSorted();

describe("what an earlier version kept in one file", () => {
  test("is read where it is while nothing is saved", async () => {
    const fixture = await cacheFixture();
    await filled(fixture);
    const { store } = fixture.open();
    expect(await keysOf(store)).toEqual(KEYS);
    expect(text(await store.read(KEYS[1]!))).toBe(`of ${KEYS[1]}`);
    expect(await fixture.names()).toEqual(["test.cache"]);
  });

  test("is moved whole by the first save, and its file stays as it was", async () => {
    const fixture = await cacheFixture();
    await filled(fixture);
    const file = await readFile(join(fixture.directory, "test.cache"));
    await fixture.open().store.write("client|authority|new", bytes("new"), "new");
    expect(await readFile(join(fixture.directory, "test.cache"))).toEqual(file);
    await writeFile(join(fixture.directory, "test.cache"), "not looked at any more");
    const { store } = fixture.open();
    expect(await keysOf(store)).toEqual([...KEYS, "client|authority|new"]);
    for (const key of KEYS) expect(text(await store.read(key))).toBe(`of ${key}`);
    expect((await store.list()).find(({ key }) => key === KEYS[0])?.label).toBe(`label of ${KEYS[0]}`);
  });

  test("is moved once by eight that save at the same time", async () => {
    const fixture = await cacheFixture();
    await filled(fixture);
    const added = Array.from({ length: 8 }, (_, n) => `client|authority|new ${n}`);
    await Promise.all(added.map((key) => fixture.open().store.write(key, bytes(key), key)));
    expect(await keysOf(fixture.open().store)).toEqual([...KEYS, ...added].toSorted());
  });

  test("goes on beside: neither version takes anything from the other", async () => {
    const fixture = await cacheFixture();
    const old = await filled(fixture);
    const { store } = fixture.open();
    await store.write(KEYS[0]!, bytes("renewed"), "renewed");
    await old.write(KEYS[1]!, bytes("renewed by the old"), "old");
    expect(text(await old.read(KEYS[0]!))).toBe(`of ${KEYS[0]}`);
    expect(text(await fixture.open().store.read(KEYS[0]!))).toBe("renewed");
    expect(text(await fixture.open().store.read(KEYS[1]!))).toBe(`of ${KEYS[1]}`);
  });

  test("goes from both by a sign-out, and by clear", async () => {
    const fixture = await cacheFixture();
    await filled(fixture);
    const { store } = fixture.open();
    await store.remove(KEYS[0]!);
    expect(await keysOf(store)).toEqual(KEYS.slice(1));
    expect(await keysOf(before(fixture))).toEqual(KEYS.slice(1));
    await store.clear();
    expect(await fixture.names()).toEqual([]);
  });

  test("that was half moved by a process that ended is moved anew", async () => {
    const fixture = await cacheFixture();
    await filled(fixture);
    await fixture.open().store.write("client|authority|new", bytes("new"), "new");
    for (const name of ["head", "index"]) await writeFile(join(fixture.folder, name), "");
    const { store } = fixture.open();
    expect(await keysOf(store)).toEqual([...KEYS, "client|authority|new"]);
  });

  test("that is damaged costs no new sign-in, and what cannot be opened is left alone", async () => {
    const fixture = await cacheFixture();
    await filled(fixture);
    const file = join(fixture.directory, "test.cache");
    const whole = await readFile(file);
    const { secret } = fixture.keys;
    fixture.keys.secret = `entrada:1:${"A".repeat(64)}`;
    const save = fixture.open().store.write("client|authority|new", bytes("new"), "new");
    expect(await failureOf(save)).toMatchObject({ detail: "cache_unreadable" });
    expect(await readFile(file)).toEqual(whole);
    fixture.keys.secret = secret;
    await writeFile(file, "junk");
    await fixture.open().store.write("client|authority|new", bytes("new"), "new");
    expect(await keysOf(fixture.open().store)).toEqual(["client|authority|new"]);
  });
});

describe("the index", () => {
  test("is made anew from the records where it is lost, damaged, cut short or somebody else's", async () => {
    const fixture = await cacheFixture();
    for (const key of KEYS) await fixture.open().store.write(key, bytes(key), `label of ${key}`);
    const index = join(fixture.folder, "index");
    const whole = await readFile(index);
    const expected = KEYS.map((key) => ({ key, label: `label of ${key}` }));
    const spoilt = [Buffer.alloc(0), Buffer.from("junk"), whole.subarray(0, -5), whole.subarray(5)];
    for (const [at] of whole.entries()) {
      if (at % 37 !== 0) continue;
      const flipped = Buffer.from(whole);
      flipped.writeUInt8(flipped.readUInt8(at) ^ 4, at);
      spoilt.push(flipped);
    }
    for (const content of spoilt) {
      await writeFile(index, content);
      const listed = await fixture.open().store.list();
      expect(listed.toSorted((a, b) => (a.key < b.key ? -1 : 1))).toEqual(expected);
    }
  });

  test("is put down anew by who reads it when it has grown long, with each newest label, and what is added meanwhile stays", async () => {
    const fixture = await cacheFixture();
    const { store } = fixture.open();
    for (let n = 0; n < 140; n++) await store.write(KEYS[n % 2]!, bytes(`${n}`), `label ${n}`);
    const long = (await readFile(join(fixture.folder, "index"))).length;
    const listing = fixture.open().store.list();
    await Promise.all([listing, store.write(KEYS[2]!, bytes("x"), "added")]);
    expect((await readFile(join(fixture.folder, "index"))).length).toBeLessThan(long / 10);
    const labels = new Map((await fixture.open().store.list()).map(({ key, label }) => [key, label]));
    expect(KEYS.map((key) => labels.get(key))).toEqual(["label 138", "label 139", "added"]);
  });

  test("of a damaged head nothing is lost: it is made anew", async () => {
    const fixture = await cacheFixture();
    for (const key of KEYS) await fixture.open().store.write(key, bytes(key), key);
    await writeFile(join(fixture.folder, "head"), "junk");
    expect(text(await fixture.open().store.read(KEYS[0]!))).toBe(KEYS[0]);
    expect(await keysOf(fixture.open().store)).toEqual(KEYS);
  });
});
