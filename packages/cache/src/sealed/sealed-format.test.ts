import { createHash } from "node:crypto";
import { describe, expect, test } from "vitest";
import { FIXED_KEY } from "../../test/support/fixed-key-store.ts";
import { sealWhole } from "../../test/support/seal-whole.ts";
import { newDataKey, parseDataKey, serializeDataKey, type DataKey } from "./data-key.ts";
import { sealedLength, HEADER_LENGTH, parseHeader, unseal } from "./sealed-format.ts";

const CONTENT = Buffer.from(JSON.stringify({ accounts: { a: { refreshToken: "secret-marker" } } }));

describe.each([
  ["with a key", FIXED_KEY],
  ["without a key", undefined],
])("a file %s", (_, key) => {
  test("gives back what was put in, and its generation", () => {
    const { header, file } = sealWhole(CONTENT, key, 41n);
    expect(file.length).toBe(sealedLength(header));
    expect(parseHeader(file)).toMatchObject({ generation: 41n, contentLength: CONTENT.length });
    expect(parseHeader(file).keyId).toBe(key?.id);
    expect(open(file, key)).toEqual(CONTENT);
  });

  test("may be empty", () => {
    expect(open(sealWhole(Buffer.alloc(0), key, 0n).file, key)).toHaveLength(0);
  });

  test("is another one at each save, though the content is the same", () => {
    expect(sealWhole(CONTENT, key, 1n).header.bytes).not.toEqual(sealWhole(CONTENT, key, 1n).header.bytes);
  });

  test("is refused at every length but its own", () => {
    const { file } = sealWhole(CONTENT, key, 1n);
    for (let length = 0; length < file.length; length++) {
      expect(() => open(file.subarray(0, length), key), `${length} bytes`).toThrow(/damaged/);
    }
    expect(() => open(Buffer.concat([file, Buffer.alloc(1)]), key)).toThrow(/damaged/);
  });

  test("is refused when any one bit is another", () => {
    const { file } = sealWhole(CONTENT, key, 1n);
    for (let bit = 0; bit < file.length * 8; bit++) {
      const flipped = Buffer.from(file);
      flipped.writeUInt8(flipped.readUInt8(bit >> 3) ^ (1 << (bit & 7)), bit >> 3);
      expect(() => open(flipped, key), `bit ${bit}`).toThrow(
        expect.objectContaining({ code: "cache", detail: "cache_corrupt" }),
      );
    }
  });

  // The check in the header shows damage only: whoever changes a header on purpose can make it anew.
  test("is refused when any one bit of its header is another and the header's check is right", () => {
    const { file } = sealWhole(CONTENT, key, 1n);
    for (let bit = 0; bit < 56 * 8; bit++) {
      const forged = Buffer.from(file);
      forged.writeUInt8(forged.readUInt8(bit >> 3) ^ (1 << (bit & 7)), bit >> 3);
      createHash("sha256").update(forged.subarray(0, 56)).digest().copy(forged, 56, 0, 8);
      const isLater = forged.readUInt16BE(8) > 1 && bit >> 3 > 7;
      expect(() => open(forged, key), `bit ${bit}`).toThrow(
        expect.objectContaining({ code: "cache", detail: isLater ? "cache_version" : "cache_corrupt" }),
      );
    }
  });
});

test("the content of a sealed file cannot be read in it", () => {
  expect(sealWhole(CONTENT, newDataKey(), 1n).file.includes("secret-marker")).toBe(false);
});

test("another key does not open a file", () => {
  const { file } = sealWhole(CONTENT, newDataKey(), 1n);
  expect(() => open(file, newDataKey())).toThrow(/damaged/);
});

test("a file of a later version is told from a damaged one", () => {
  const { file } = sealWhole(CONTENT, undefined, 1n);
  file.writeUInt16BE(2, 8);
  expect(() => parseHeader(file)).toThrow(expect.objectContaining({ detail: "cache_corrupt" }));
  createHash("sha256").update(file.subarray(0, 56)).digest().copy(file, 56, 0, 8);
  expect(() => parseHeader(file)).toThrow(expect.objectContaining({ detail: "cache_version" }));
});

describe("a header whose check is right", () => {
  const forged = (change: (header: Buffer) => void): Buffer => {
    const header = Buffer.from(sealWhole(CONTENT, undefined, 1n).header.bytes);
    change(header);
    createHash("sha256").update(header.subarray(0, 56)).digest().copy(header, 56, 0, 8);
    return header;
  };

  test.each<[string, (header: Buffer) => void]>([
    ["another magic", (header) => void header.writeUInt8(0x1b, 7)],
    ["version 0", (header) => void header.writeUInt16BE(0, 8)],
    ["a cipher that this version has not", (header) => void header.writeUInt8(2, 10)],
    [
      "more content than any cache has",
      (header) => void header.writeBigUInt64BE(256n * 1024n * 1024n + 1n, 48),
    ],
  ])("is damaged with %s", (_, change) => {
    expect(() => parseHeader(forged(change))).toThrow(expect.objectContaining({ detail: "cache_corrupt" }));
  });

  test("may speak of 256 MiB, and does not when it is cut short", () => {
    const header = forged((bytes) => void bytes.writeBigUInt64BE(256n * 1024n * 1024n, 48));
    expect(parseHeader(header).contentLength).toBe(256 * 1024 * 1024);
    for (let length = 0; length < HEADER_LENGTH; length++)
      expect(() => parseHeader(header.subarray(0, length))).toThrow(
        expect.objectContaining({ detail: "cache_corrupt" }),
      );
  });
});

test("a data key survives the keyring, and other texts are no data keys", () => {
  const key = newDataKey();
  expect(parseDataKey(serializeDataKey(key))).toEqual(key);
  for (const text of [
    "",
    "entrada:1:",
    "entrada:1:AAAA",
    "entrada:2:" + serializeDataKey(key).slice(10),
    "secret",
  ]) {
    expect(parseDataKey(text)).toBeUndefined();
  }
});

function open(file: Buffer, key: DataKey | undefined): Uint8Array {
  return unseal(parseHeader(file), file.subarray(HEADER_LENGTH), key);
}
