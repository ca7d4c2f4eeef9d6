import { afterEach, describe, expect, test } from "vitest";
import { deferred } from "../loopback/deferred.ts";
import type { TokenCacheStore } from "../cache/token-cache-store.ts";

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

    test("an empty store reads as undefined", async () => {
      const store = (await start()).open();
      expect(await store.read()).toBeUndefined();
    });

    test("what one handle wrote, another reads, byte by byte", async () => {
      const { open } = await start();
      const data = Uint8Array.from({ length: 70_000 }, (_, i) => (i * 31) % 256);
      await save(open(), data);
      expect(Buffer.from((await open().read())!).equals(data)).toBe(true);
    });

    test("the last write counts as a whole", async () => {
      const { open } = await start();
      await save(open(), text("a much longer first text"));
      await save(open(), text("second"));
      expect(decode(await open().read())).toBe("second");
    });

    test("a write needs no read before, inside the lock and outside", async () => {
      const { open } = await start();
      await open().write(text("outside"));
      expect(decode(await open().read())).toBe("outside");
      const store = open();
      await store.withLock(() => store.write(text("inside")));
      expect(decode(await open().read())).toBe("inside");
      await store.write(text("outside again"));
      expect(decode(await open().read())).toBe("outside again");
    });

    test("a write outside the lock waits for whoever is inside", async ({ skip }) => {
      const { open } = await start();
      const [holder, other] = [open(), open()];
      if (holder === other) return skip("its handles are one: what any of them writes is part of the access");
      let writing: Promise<void> | undefined;
      await holder.withLock(async () => {
        await holder.read();
        writing = other.write(text("later"));
        await holder.write(text("first"));
        expect(decode(await holder.read())).toBe("first");
      });
      await writing;
      expect(decode(await open().read())).toBe("later");
    });

    test("after clear the store is empty, and can be written again", async () => {
      const { open } = await start();
      const store = open();
      await save(store, text("one"));
      await store.clear();
      expect(await open().read()).toBeUndefined();
      await save(store, text("two"));
      expect(decode(await open().read())).toBe("two");
    });

    test("only one is inside the lock", async () => {
      const { open } = await start();
      const inside: string[] = [];
      const first = deferred<void>();
      const entered = deferred<void>();
      const one = open().withLock(async () => {
        inside.push("first in");
        entered.resolve();
        await first.promise;
        inside.push("first out");
      });
      await entered.promise;
      const two = open().withLock(async () => void inside.push("second"));
      first.resolve();
      await Promise.all([one, two]);
      expect(inside).toEqual(["first in", "first out", "second"]);
    });

    test("the lock hands on what the work returns or throws, and is free afterwards", async () => {
      const { open } = await start();
      const store = open();
      await expect(store.withLock(() => Promise.reject(new Error("work failed")))).rejects.toThrow(
        "work failed",
      );
      expect(await store.withLock(async () => 7)).toBe(7);
    });

    test("waiting for the lock ends with the signal, and the lock still works", async () => {
      const { open } = await start();
      const hold = deferred<void>();
      const entered = deferred<void>();
      const holder = open().withLock(async () => {
        entered.resolve();
        await hold.promise;
      });
      await entered.promise;
      const controller = new AbortController();
      const waiting = open().withLock(async () => "never", { signal: controller.signal });
      controller.abort();
      await expect(waiting).rejects.toMatchObject({ name: "AbortError" });
      hold.resolve();
      await holder;
      expect(await open().withLock(async () => "free")).toBe("free");
    });

    test("twenty who read, add and write at once lose nothing", async () => {
      const { open } = await start();
      const add = async (word: string): Promise<void> => {
        const store = open();
        await store.withLock(async () => {
          const before = decode(await store.read())
            .split(",")
            .filter(Boolean);
          await store.write(text([...before, word].join(",")));
        });
      };
      const words = Array.from({ length: 20 }, (_, i) => `w${i}`);
      await Promise.all(words.map(add));
      expect(
        decode(await open().read())
          .split(",")
          .sort(),
      ).toEqual(words.sort());
    });
  });
}

function save(store: TokenCacheStore, data: Uint8Array): Promise<void> {
  return store.withLock(async () => {
    await store.read();
    await store.write(data);
  });
}

const text = (value: string): Uint8Array => new TextEncoder().encode(value);
const decode = (data: Uint8Array | undefined): string => new TextDecoder().decode(data ?? new Uint8Array());
