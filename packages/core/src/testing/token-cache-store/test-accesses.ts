import { expect, test } from "vitest";
import { deferred } from "../../deferred.ts";
import { decode, save, text } from "./store-steps.ts";
import type { StartStore } from "./store-setup.ts";

/** What a write, a removal and a clearing are inside a lock and outside, and what the lock is. */
export function testAccesses(start: StartStore): void {
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

  test("a removal outside the lock waits for whoever is inside", async ({ skip }) => {
    const { open } = await start();
    const [holder, other] = [open(), open()];
    if (holder === other) return skip("its handles are one: what any of them removes is part of the access");
    await save(holder, "k", text("before"), "label");
    let removing: Promise<void> | undefined;
    await holder.withLock("k", async () => {
      await holder.read("k");
      removing = other.remove("k");
      await holder.write("k", text("first"), "label");
      expect(decode(await holder.read("k"))).toBe("first");
    });
    await removing;
    expect(await open().read("k")).toBeUndefined();
    expect(await open().list()).toEqual([]);
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

  test("an access that began before clear writes nothing after it, and the next one does", async () => {
    const { open } = await start();
    const store = open();
    for (const begin of [async () => {}, () => store.write("k", text("before"), "before")]) {
      const access = store.withLock("k", async () => {
        await begin();
        await store.clear();
        await store.write("k", text("after"), "after");
      });
      await expect(access).rejects.toMatchObject({ code: "cache", detail: "cache_locked", retryable: true });
      expect(await open().read("k")).toBeUndefined();
      expect(await open().list()).toEqual([]);
    }
    for (const saveAnew of [
      () => save(store, "k", text("anew"), "anew"),
      () => store.write("k", text("anew"), "anew"),
    ]) {
      await store.clear();
      await saveAnew();
      expect(decode(await open().read("k"))).toBe("anew");
      expect(await open().list()).toEqual([{ key: "k", label: "anew" }]);
    }
  });

  test("nor does it after another handle's clear, which may wait for its end", async () => {
    const { open } = await start();
    const [holder, other] = [open(), open()];
    let clearing: Promise<void> | undefined;
    const access = holder.withLock("k", async () => {
      await holder.write("k", text("before"), "before");
      clearing = other.clear();
      // As long as a clear takes that does not wait.
      for (let reads = 0; reads < 100 && (await holder.read("k")); reads += 1);
      await holder.write("k", text("after"), "after");
    });
    await access.catch((error: unknown) => expect(error).toMatchObject({ code: "cache" }));
    await clearing;
    expect(await open().read("k")).toBeUndefined();
    expect(await open().list()).toEqual([]);
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

  test("whoever was aborted before does not get in, though the lock is free", async () => {
    const { open } = await start();
    let isIn = false;
    const work = open().withLock("k", async () => (isIn = true), { signal: AbortSignal.abort() });
    await expect(work).rejects.toMatchObject({ name: "AbortError" });
    expect(isIn).toBe(false);
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
}
