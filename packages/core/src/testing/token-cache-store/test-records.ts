import { expect, test } from "vitest";
import { decode, save, sorted, text } from "./store-steps.ts";
import type { StartStore } from "./store-setup.ts";

const KEYS = [
  "",
  "__proto__",
  "a/../b",
  "A|B",
  "a|b",
  `${String.fromCodePoint(0xfc, 0x2028, 0x1f511)}\n"\\`,
  "x".repeat(2000),
];

const ACCENT = String.fromCodePoint(0x301);
/** Keys and labels that a place might take for one, or for shorter ones. */
const ALIKE = [
  "k",
  "k ",
  " k",
  "K",
  "k/",
  "k.",
  "k%20",
  "k+",
  `e${ACCENT}`,
  `e${ACCENT}`.normalize("NFC"),
  `${"x".repeat(2000)}y`,
  `${"x".repeat(2000)}z`,
];

/** What a store holds: records under keys, labels, and what it tells of them. */
export function testRecords(start: StartStore): void {
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

  test("keys and labels that are alike are others, and a label is told as it was given", async () => {
    const { open } = await start();
    for (const each of ALIKE) await save(open(), each, text(`data of ${each}`), `label ${each}`);
    expect(sorted(await open().list())).toEqual(sorted(ALIKE.map((key) => ({ key, label: `label ${key}` }))));
    for (const each of ALIKE) expect(decode(await open().read(each))).toBe(`data of ${each}`);
  });

  test("one handle sees what others have done since it last looked", async () => {
    const { open } = await start();
    const [one, other] = [open(), open()];
    await save(one, "k", text("one"), "one");
    expect([await one.list(), decode(await one.read("k"))]).toEqual([[{ key: "k", label: "one" }], "one"]);
    await save(other, "k", text("two"), "two");
    await save(other, "l", text("new"), "new");
    expect(sorted(await one.list())).toEqual([
      { key: "k", label: "two" },
      { key: "l", label: "new" },
    ]);
    expect([decode(await one.read("k")), decode(await one.read("l"))]).toEqual(["two", "new"]);
    await other.remove("k");
    expect([await one.list(), await one.read("k")]).toEqual([[{ key: "l", label: "new" }], undefined]);
    await other.clear();
    expect([await one.list(), await one.read("l")]).toEqual([[], undefined]);
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

  test("its revision, if it tells one, changes with a new record and with a new label", async ({ skip }) => {
    const { open } = await start();
    const store = open();
    const first = await store.revision?.();
    // One that is loaded later has the method before it knows.
    if (!store.revision || first === undefined) return skip("it tells none");
    const seen: (string | undefined)[] = [first];
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
}
