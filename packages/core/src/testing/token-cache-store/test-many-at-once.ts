import { expect, test } from "vitest";
import { decode, save, sorted, text } from "./store-steps.ts";
import type { StartStore } from "./store-setup.ts";

/** What holds when many use a store at the same time. */
export function testManyAtOnce(start: StartStore): void {
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
}
