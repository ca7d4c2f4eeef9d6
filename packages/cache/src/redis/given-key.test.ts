import { describe, expect, test } from "vitest";
import type { SealHeader } from "../sealed/sealed-format.ts";
import { GivenKey } from "./given-key.ts";

const SECRET = Buffer.alloc(32, 7);
const header = (keyId?: string): SealHeader => ({
  ...(keyId !== undefined && { keyId }),
  generation: 1n,
  writeId: "",
  contentLength: 0,
  bytes: Buffer.alloc(0),
});

describe("a key that the caller keeps", () => {
  test("is made into one for each name of a cache, and into the same one each time", () => {
    const [one, again, other] = ["a", "a", "b"].map((name) => new GivenKey(SECRET, name).dataKey);
    expect(one).toEqual(again);
    expect(one!.id).toMatch(/^[0-9a-f]{32}$/);
    expect(one!.bytes.length).toBe(32);
    expect(other!.id).not.toBe(one!.id);
    expect(other!.bytes).not.toEqual(one!.bytes);
    expect(one!.bytes.includes(Buffer.from(one!.id, "hex"))).toBe(false);
  });

  test("made with version 1 is made so for good: what is stored is read with it", () => {
    const { id, bytes } = new GivenKey(SECRET, "name").dataKey;
    // By RFC 5869 from 32 bytes of 7, without a salt, for "entrada shared token cache\0name".
    expect([id, bytes.toString("hex")]).toEqual([
      "136c7df8a0eb40f201607000d94a7553",
      "fd90e025d613dd035a09435af6121f0198b3800159de56a89cd7334f0c98d39e",
    ]);
  });

  test("seals, and opens what it has sealed", async () => {
    const keys = new GivenKey(SECRET, "a");
    expect(await keys.toSeal()).toBe(keys.dataKey);
    expect(await keys.toOpen(header(keys.dataKey.id))).toBe(keys.dataKey);
    expect(await keys.toOpen(undefined)).toBeUndefined();
  });

  test("opens nothing of another key, which is left alone, and nothing that anybody could have written", async () => {
    const keys = new GivenKey(SECRET, "a");
    const { id } = new GivenKey(SECRET, "b").dataKey;
    await expect(keys.toOpen(header(id))).rejects.toMatchObject({ detail: "cache_unreadable" });
    await expect(keys.toOpen(header())).rejects.toMatchObject({ detail: "cache_corrupt" });
  });

  test("stays the caller's", async () => {
    const keys = new GivenKey(SECRET, "a");
    await expect(keys.destroy()).resolves.toBeUndefined();
    expect(await keys.toSeal()).toBe(keys.dataKey);
  });
});
