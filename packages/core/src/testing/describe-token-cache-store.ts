import { afterEach, describe, expect, test } from "vitest";
import { deferred } from "../deferred.ts";
import type { TokenCacheEntry, TokenCacheStore } from "../cache/token-cache-store.ts";

export interface TokenCacheStoreSetup {
  /** Another handle on the same, at first empty, storage: as another credential or process would have it. */
  open(): TokenCacheStore;
  /** Removes what the test left. */
  dispose?(): void | PromiseLike<void>;
}

/**
 * What every `TokenCacheStore` must do, as a vitest suite: call it in a test file of your own.
 *
 * @example
 * ```ts
 * import { describeTokenCacheStore, memoryTokenCache } from "@entrada/core/testing";
 *
 * describeTokenCacheStore("memory", () => {
 *   const store = memoryTokenCache();
 *   return { open: () => store };
 * });
 * ```
 */
export function describeTokenCacheStore(
  name: string,
  setup: () => TokenCacheStoreSetup | Promise<TokenCacheStoreSetup>,
): void {
  describe(`token cache store: ${name}`, () => {
    let disposing: TokenCacheStoreSetup | undefined;
    const start = async (): Promise<TokenCacheStoreSetup> => (disposing = await setup());
    afterEach(async () => {
      await disposing?.dispose?.();
      disposing = undefined;
    });

    test("an empty store has nothing", async () => {
      const store = (await start()).open();
      expect(await store.read("a|b|c")).toBeUndefined();
      expect(await store.list()).toEqual([]);
      await store.remove("a|b|c");
      expect(await store.list()).toEqual([]);
    });

    test("what one handle wrote, another reads, byte by byte", async () => {
      const { open } = await start();
      const data = Uint8Array.from({ length: 70_000 }, (_, i) => (i * 31) % 256);
      await save(open(), "k", data);
      expect(Buffer.from((await open().read("k"))!).equals(data)).toBe(true);
      await save(open(), "nothing", new Uint8Array());
      expect(await open().read("nothing")).toHaveLength(0);
    });

    test("a store that returns the same object has the same bytes in it", async () => {
      const { open } = await start();
      const store = open();
      await save(store, "k", text("one"));
      const before = await store.read("k");
      await save(open(), "other", text("other"));
      await save(open(), "k", text("two"));
      const after = await store.read("k");
      expect(decode(after)).toBe("two");
      expect(decode(before)).toBe("one");
    });

    test("the last write counts as a whole", async () => {
      const { open } = await start();
      await save(open(), "k", text("a much longer first text"), "a much longer first label");
      await save(open(), "k", text("second"), "label");
      expect(decode(await open().read("k"))).toBe("second");
      expect(await open().list()).toEqual([{ key: "k", label: "label" }]);
    });

    test.each(KEYS)("the key %j is a key and nothing else", async (key) => {
      const { open } = await start();
      await save(open(), "plain", text("of plain"), "p");
      await save(open(), key, text("of the key"), "k");
      expect(decode(await open().read(key))).toBe("of the key");
      expect(decode(await open().read("plain"))).toBe("of plain");
      expect(sorted(await open().list())).toEqual(
        sorted([
          { key, label: "k" },
          { key: "plain", label: "p" },
        ]),
      );
      await open().remove(key);
      expect(await open().read(key)).toBeUndefined();
      expect(await open().list()).toEqual([{ key: "plain", label: "p" }]);
    });

    test("records stand by themselves: a write, a removal and a lock of one concern no other", async () => {
      const { open } = await start();
      const keys = Array.from({ length: 30 }, (_, index) => `client|host|${index}`);
      for (const key of keys) await save(open(), key, text(`data of ${key}`), `label of ${key}`);
      await save(open(), keys[3]!, text("newer"), "newer");
      await open().remove(keys[7]!);
      const expected = keys.filter((_, index) => index !== 7);
      expect(sorted(await open().list())).toEqual(
        sorted(expected.map((key) => ({ key, label: key === keys[3] ? "newer" : `label of ${key}` }))),
      );
      for (const key of expected) {
        expect(decode(await open().read(key))).toBe(key === keys[3] ? "newer" : `data of ${key}`);
      }
      expect(await open().read(keys[7]!)).toBeUndefined();
    });

    test("its revision, if it tells one, changes with a new record and with a new label", async ({
      skip,
    }) => {
      const { open } = await start();
      const store = open();
      if (!store.revision) return skip("it tells none");
      const seen = [await store.revision()];
      for (const [key, label] of [
        ["k", "one"],
        ["l", "one"],
        ["k", "two"],
      ] as const) {
        await save(open(), key, text("x"), label);
        seen.push(await store.revision());
        expect(await open().revision!()).toBe(seen.at(-1));
      }
      expect(new Set(seen).size).toBe(4);
      await save(open(), "k", text("renewed"), "two");
      expect(await store.revision()).toBe(seen.at(-1));
    });

    test("a record without a label is listed without one", async () => {
      const { open } = await start();
      await save(open(), "k", text("x"));
      expect(await open().list()).toEqual([{ key: "k" }]);
      await save(open(), "k", text("x"), "now with one");
      expect(await open().list()).toEqual([{ key: "k", label: "now with one" }]);
      await save(open(), "k", text("x"));
      expect(await open().list()).toEqual([{ key: "k" }]);
    });

    test("a write needs no read before, inside the lock and outside", async () => {
      const { open } = await start();
      await open().write("k", text("outside"));
      expect(decode(await open().read("k"))).toBe("outside");
      const store = open();
      await store.withLock("k", () => store.write("k", text("inside")));
      expect(decode(await open().read("k"))).toBe("inside");
      await store.write("k", text("outside again"));
      expect(decode(await open().read("k"))).toBe("outside again");
    });

    test("a write outside the lock waits for whoever is inside", async ({ skip }) => {
      const { open } = await start();
      const [holder, other] = [open(), open()];
      if (holder === other) return skip("its handles are one: what any of them writes is part of the access");
      let writing: Promise<void> | undefined;
      await holder.withLock("k", async () => {
        await holder.read("k");
        writing = other.write("k", text("later"));
        await holder.write("k", text("first"));
        expect(decode(await holder.read("k"))).toBe("first");
      });
      await writing;
      expect(decode(await open().read("k"))).toBe("later");
    });

    test("a removal is part of the access, too, and the record can be written again", async () => {
      const { open } = await start();
      const store = open();
      await save(store, "k", text("one"), "one");
      await store.withLock("k", async () => {
        await store.remove("k");
        expect(await store.read("k")).toBeUndefined();
        await store.write("k", text("two"), "two");
      });
      expect(decode(await open().read("k"))).toBe("two");
      await store.remove("k");
      expect(await open().read("k")).toBeUndefined();
      expect(await store.list()).toEqual([]);
    });

    test("after clear the store is empty, and can be written again", async () => {
      const { open } = await start();
      const store = open();
      await save(store, "k", text("one"), "one");
      await save(store, "l", text("one"), "one");
      await store.clear();
      expect(await open().read("k")).toBeUndefined();
      expect(await open().list()).toEqual([]);
      await save(store, "l", text("two"), "two");
      expect(decode(await open().read("l"))).toBe("two");
      expect(await open().list()).toEqual([{ key: "l", label: "two" }]);
    });

    test("only one is inside the lock of a key", async () => {
      const { open } = await start();
      const inside: string[] = [];
      const first = deferred<void>();
      const entered = deferred<void>();
      const one = open().withLock("k", async () => {
        inside.push("first in");
        entered.resolve();
        await first.promise;
        inside.push("first out");
      });
      await entered.promise;
      const two = open().withLock("k", async () => void inside.push("second"));
      first.resolve();
      await Promise.all([one, two]);
      expect(inside).toEqual(["first in", "first out", "second"]);
    });

    test("the lock hands on what the work returns or throws, and is free afterwards", async () => {
      const { open } = await start();
      const store = open();
      await expect(store.withLock("k", () => Promise.reject(new Error("work failed")))).rejects.toThrow(
        "work failed",
      );
      expect(await store.withLock("k", async () => 7)).toBe(7);
    });

    test("waiting for the lock ends with the signal, and the lock still works", async () => {
      const { open } = await start();
      const hold = deferred<void>();
      const entered = deferred<void>();
      const holder = open().withLock("k", async () => {
        entered.resolve();
        await hold.promise;
      });
      await entered.promise;
      const controller = new AbortController();
      const waiting = open().withLock("k", async () => "never", { signal: controller.signal });
      controller.abort();
      await expect(waiting).rejects.toMatchObject({ name: "AbortError" });
      hold.resolve();
      await holder;
      expect(await open().withLock("k", async () => "free")).toBe("free");
    });

    test("twenty who read, add and write at once lose nothing", async () => {
      const { open } = await start();
      const add = async (word: string): Promise<void> => {
        const store = open();
        await store.withLock("k", async () => {
          const before = decode(await store.read("k"))
            .split(",")
            .filter(Boolean);
          await store.write("k", text([...before, word].join(",")));
        });
      };
      const words = Array.from({ length: 20 }, (_, i) => `w${i}`);
      await Promise.all(words.map(add));
      expect(
        decode(await open().read("k"))
          .split(",")
          .sort(),
      ).toEqual(words.sort());
    });

    test("twenty who write records of their own at once lose nothing, and one handle serves them all", async () => {
      const { open } = await start();
      const one = open();
      const keys = Array.from({ length: 20 }, (_, i) => `key ${i}`);
      await Promise.all(
        keys.map((key, index) => save(index % 2 ? one : open(), key, text(`data of ${key}`), key)),
      );
      expect(sorted(await open().list())).toEqual(sorted(keys.map((key) => ({ key, label: key }))));
      for (const key of keys) expect(decode(await one.read(key))).toBe(`data of ${key}`);
    });
  });
}

const KEYS = [
  "",
  "__proto__",
  "a/../b",
  "A|B",
  "a|b",
  `${String.fromCodePoint(0xfc, 0x2028, 0x1f511)}\n"\\`,
  "x".repeat(2000),
];

function save(store: TokenCacheStore, key: string, data: Uint8Array, label?: string): Promise<void> {
  return store.withLock(key, async () => {
    await store.read(key);
    await store.write(key, data, label);
  });
}

function sorted(entries: readonly TokenCacheEntry[]): readonly TokenCacheEntry[] {
  return entries.toSorted((a, b) => (a.key < b.key ? -1 : 1));
}

const text = (value: string): Uint8Array => new TextEncoder().encode(value);
const decode = (data: Uint8Array | undefined): string => new TextDecoder().decode(data ?? new Uint8Array());
