import { describe, expect, test } from "vitest";
import { FrameReader, frameOf, LONGEST_FRAME } from "./frames.ts";

const MESSAGES = [{ a: 1 }, { text: "\u00e4\u{1f511}\0" }, {}, { long: "x".repeat(70_000) }];

describe("messages on a pipe", () => {
  test.each([1, 2, 3, 5, 7, 4096, 1_000_000])("come whole, in pieces of %i bytes", (size) => {
    const bytes = Buffer.concat(MESSAGES.map(frameOf));
    const reader = new FrameReader();
    const read: object[] = [];
    for (let at = 0; at < bytes.length; at += size) read.push(...reader.read(bytes.subarray(at, at + size)));
    expect(read).toEqual(MESSAGES);
  });

  test("that say a length nobody sends are none", () => {
    const head = Buffer.alloc(4);
    head.writeUInt32LE(LONGEST_FRAME + 1);
    expect(() => new FrameReader().read(head)).toThrow(/too long/);
  });

  test.each(["Hello, world.", "null", "7", '"secret"', "[1"])(
    "of %s are none, and are not repeated",
    (text) => {
      const body = Buffer.from(text);
      const frame = Buffer.concat([Buffer.alloc(4), body]);
      frame.writeUInt32LE(body.length);
      expect(() => new FrameReader().read(frame)).toThrow(/^A message is no JSON object\.$/);
    },
  );
});
