import { describe, expect, test } from "vitest";
import { expectWithin, timeOf } from "../../../../tools/measure/expect-within.ts";
import { bytes, failureOf, save, text } from "./cache-fixture.ts";
import type { OneRecord } from "./one-record.ts";

/**
 * What every store promises the engine. `place` makes an empty place to store in, and returns what opens it: each
 * call is a store of its own over the same place, as in another process.
 */
export function describeStore(name: string, place: () => Promise<(options?: object) => OneRecord>): void {
  describe(`${name} as a token cache store`, () => {
    test("is empty at first", async () => {
      const cache = (await place())();
      expect(await cache.read()).toBeUndefined();
    });

    test("gives back what was written, also to another", async () => {
      const open = await place();
      await save(open(), "content with ünïcode and \0");
      expect(text(await open().read())).toBe("content with ünïcode and \0");
    });

    test("holds no bytes and a megabyte", async () => {
      const open = await place();
      await save(open(), "");
      expect(await open().read()).toHaveLength(0);
      const large = "x".repeat(1_000_000);
      await save(open(), large);
      expect(text(await open().read())).toBe(large);
    });

    test("returns the same object while nothing changes", async () => {
      const open = await place();
      const [one, two] = [open(), open()];
      await save(one, "first");
      const first = await two.read();
      expect(await two.read()).toBe(first);
      expect(await two.withLock(() => two.read())).toBe(first);
      await save(one, "again");
      const again = await two.read();
      expect(text(again)).toBe("again");
      expect(await two.read()).toBe(again);
      expect(await one.read()).toBe(await one.read());
    });

    test("writes twice in one access", async () => {
      const open = await place();
      const cache = open();
      await cache.withLock(async () => {
        await cache.read();
        await cache.write(bytes("one"));
        await cache.write(bytes("two"));
      });
      expect(text(await open().read())).toBe("two");
    });

    test("writes without a read before, inside an access and outside of one", async () => {
      const open = await place();
      await open().write(bytes("one"));
      expect(text(await open().read())).toBe("one");
      const cache = open();
      await cache.withLock(() => cache.write(bytes("two")));
      expect(text(await open().read())).toBe("two");
      await cache.write(bytes("three"));
      expect(text(await open().read())).toBe("three");
    });

    test("a write outside of an access waits for whoever is inside one", async () => {
      const open = await place();
      const holder = open();
      let writing!: Promise<void>;
      await holder.withLock(async () => {
        await holder.read();
        writing = open().write(bytes("later"));
        await holder.write(bytes("first"));
        expect(text(await holder.read())).toBe("first");
      });
      await writing;
      expect(text(await open().read())).toBe("later");
    });

    test("a write whose turn comes after its access has ended is saved in one of its own", async () => {
      const open = await place();
      const cache = open();
      let late!: Promise<unknown>;
      await cache.withLock(() => {
        late = Promise.all([cache.read(), cache.write(bytes("late"))]);
        return Promise.resolve();
      });
      await late;
      expect(text(await open().read())).toBe("late");
    });

    test("lets one at a time in, within a process and between stores", async () => {
      const open = await place();
      const stores = [open(), open(), open()];
      let inside = 0;
      let most = 0;
      const access = (cache: OneRecord): Promise<void> =>
        cache.withLock(async () => {
          most = Math.max(most, ++inside);
          const count = Number(text(await cache.read()) ?? 0);
          await cache.write(bytes(String(count + 1)));
          inside--;
        });
      await Promise.all(Array.from({ length: 30 }, (_, index) => access(stores[index % 3]!)));
      expect(most).toBe(1);
      expect(text(await open().read())).toBe("30");
    });

    test("passes on what the work returns or throws, and lets the next one in", async () => {
      const open = await place();
      const cache = open();
      expect(await cache.withLock(() => Promise.resolve(7))).toBe(7);
      await expect(cache.withLock(() => Promise.reject(new Error("work failed")))).rejects.toThrow(
        "work failed",
      );
      expect(await open().withLock(() => Promise.resolve("next"))).toBe("next");
    });

    test("gives up waiting when the signal aborts, within 100 ms", async () => {
      const open = await place();
      const holder = open();
      for (const waiter of [holder, open()]) {
        await holder.withLock(async () => {
          const entered: string[] = [];
          const giveUp = async (): Promise<void> => {
            const abort = new AbortController();
            const enter = (): Promise<void> => Promise.resolve(void entered.push("in"));
            const failure = failureOf(waiter.withLock(enter, { signal: abort.signal }));
            setImmediate(() => abort.abort(new Error("enough")));
            expect(await failure).toMatchObject({ name: "AbortError", cause: { message: "enough" } });
          };
          await expectWithin(100, () => timeOf(giveUp));
          expect(entered).toEqual([]);
        });
      }
      await save(holder, "goes on");
    });

    test("an aborted signal lets nobody in", async () => {
      const cache = (await place())();
      const entered: string[] = [];
      const call = cache.withLock(() => Promise.resolve(void entered.push("in")), {
        signal: AbortSignal.abort(),
      });
      expect(await failureOf(call)).toMatchObject({ name: "AbortError" });
      expect(entered).toEqual([]);
    });

    test("says that it is locked when the wait takes too long, and saves nothing", async () => {
      const open = await place();
      const holder = open();
      await save(holder, "kept");
      await holder.withLock(async () => {
        const failure = await failureOf(save(open({ lockTimeoutInMs: 50 }), "lost"));
        expect(failure).toMatchObject({ code: "cache", detail: "cache_locked", retryable: true });
      });
      expect(text(await open().read())).toBe("kept");
    });

    test("is empty after clear, for all", async () => {
      const open = await place();
      const [one, two] = [open(), open()];
      await save(one, "x");
      await two.read();
      await one.clear();
      expect(await one.read()).toBeUndefined();
      expect(await two.read()).toBeUndefined();
      await save(two, "anew");
      expect(text(await one.read())).toBe("anew");
    });
  });
}
