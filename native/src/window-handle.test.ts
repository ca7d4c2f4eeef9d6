import { Buffer } from "node:buffer";
import { describe, expect, test } from "vitest";
import { windowHandleValue } from "./window-handle.ts";

describe("a window handle", () => {
  test.each([
    ["nothing", undefined, 0n],
    ["the console", "console", 0n],
    ["the one-byte zero that msal-node sends for no handle", Buffer.from([0]), 0n],
    ["8 bytes, little endian", Buffer.from("a0120f0001000000", "hex"), 0x1_000f_12a0n],
    ["4 bytes", Buffer.from("a0120f00", "hex"), 0x000f_12a0n],
    ["4 bytes with the top bit, sign-extended", Buffer.from("feffffff", "hex"), 0xffff_ffff_ffff_fffen],
    ["a view into a larger buffer", new Uint8Array([9, 9, 1, 0, 0, 0, 9]).subarray(2, 6), 1n],
    ["a number", 0x20010, 0x20010n],
    ["a bigint", 0xffff_ffff_ffff_ffffn, 0xffff_ffff_ffff_ffffn],
  ] as const)("%s", (_, handle, value) => {
    expect(windowHandleValue(handle)).toBe(value);
  });

  test.each([
    ["an empty buffer", Buffer.alloc(0)],
    ["one byte that is not zero", Buffer.from([1])],
    ["16 bytes", Buffer.alloc(16)],
    ["a negative number", -1],
    ["a fraction", 1.5],
    ["a number beyond the safe integers", 2 ** 53],
    ["a bigint of more than 64 bits", 1n << 64n],
    ["a string that is not a word of ours", "0x20010" as "console"],
  ] as const)("%s is refused", (_, handle) => {
    expect(() => windowHandleValue(handle)).toThrow(
      expect.objectContaining({ name: "TypeError", code: "ERR_INVALID_ARG_VALUE" }),
    );
  });
});
