import { expect, test } from "vitest";
import { bytes, failureOf, text } from "../../test/support/cache-fixture.ts";
import { FIXED_KEY } from "../../test/support/fixed-key-store.ts";
import { MemoryPlace, OneKey } from "../../test/support/memory-place.ts";
import { sealWhole } from "../../test/support/seal-whole.ts";
import { SealedTokenCache } from "../sealed/sealed-token-cache.ts";
import { RecordFile } from "./record-file.ts";

/** Each call of `open` is another process. */
function shared(): { place: MemoryPlace; open: () => RecordFile } {
  const place = new MemoryPlace();
  const keys = new OneKey(FIXED_KEY);
  const open = (): RecordFile =>
    new RecordFile(new SealedTokenCache({ place, keys, warn: () => {}, lockTimeoutInMs: 10_000 }));
  return { place, open };
}

test("a record is read as it was written, as the same object until it changes, and can be removed", async () => {
  const { open } = shared();
  const [one, two] = [open(), open()];
  expect(await one.read("key")).toBeUndefined();
  await one.write({ key: "key" }, bytes("first"));
  const first = await two.read("key");
  expect(text(first)).toBe("first");
  expect(await two.read("key")).toBe(first);
  await one.write({ key: "key" }, bytes("second"));
  expect(text(await two.read("key"))).toBe("second");
  const written = bytes("third");
  await one.write({ key: "key" }, written);
  expect(await one.read("key")).toBe(written);
  await one.remove();
  expect(await one.read("key")).toBeUndefined();
  expect(await two.read("key")).toBeUndefined();
});

test("another account's record in its place is damaged, and nobody's", async () => {
  const { open } = shared();
  await open().write({ key: "another" }, bytes("theirs"));
  expect(await failureOf(open().read("key"))).toMatchObject({ code: "cache", detail: "cache_corrupt" });
});

test("what is no record is damaged", async () => {
  const { place, open } = shared();
  place.put(sealWhole(bytes("no record"), FIXED_KEY, 1n).file);
  expect(await failureOf(open().read("key"))).toMatchObject({ code: "cache", detail: "cache_corrupt" });
});

test("the index is told of a new record and of a new label, and of nothing else", async () => {
  const { open } = shared();
  const [one, two] = [open(), open()];
  const written = [
    await one.write({ key: "key", label: "label" }, bytes("1")),
    await one.write({ key: "key", label: "label" }, bytes("2")),
    await one.write({ key: "key", label: "another" }, bytes("3")),
    await one.write({ key: "key" }, bytes("4")),
    await one.write({ key: "key" }, bytes("5")),
  ];
  expect(written).toEqual([true, false, true, true, false]);
  // Who has read it knows how the index names it; who has not, does not.
  await two.read("key");
  expect(await two.write({ key: "key" }, bytes("6"))).toBe(false);
  expect(await open().write({ key: "key" }, bytes("7"))).toBe(true);
});

test("a label that was read later is not taken for what this process has told the index", async () => {
  const { open } = shared();
  const [one, two] = [open(), open()];
  await one.write({ key: "key", label: "ours" }, bytes("1"));
  await two.write({ key: "key", label: "theirs" }, bytes("2"));
  await one.read("key");
  expect(await one.write({ key: "key", label: "theirs" }, bytes("3"))).toBe(true);
});

test("a write that fails leaves the record as it was", async () => {
  const { place, open } = shared();
  const file = open();
  await file.write({ key: "key" }, bytes("kept"));
  place.failures.replace = new Error("full");
  await failureOf(file.write({ key: "key", label: "new" }, bytes("lost")));
  delete place.failures.replace;
  expect(text(await file.read("key"))).toBe("kept");
  expect(await file.write({ key: "key", label: "new" }, bytes("saved"))).toBe(true);
});

test("its lock is the file's, for as long as the signal lets anybody wait", async () => {
  const { place, open } = shared();
  const file = open();
  expect(await file.withLock(() => Promise.resolve(place.isHeld))).toBe(true);
  const signal = AbortSignal.abort();
  expect(await failureOf(file.withLock(() => Promise.resolve(), { signal }))).toMatchObject({
    name: "AbortError",
  });
});
