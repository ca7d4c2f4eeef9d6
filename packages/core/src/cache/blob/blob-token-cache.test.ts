import { expect, test } from "vitest";
import { blobTokenCache } from "./blob-token-cache.ts";

test.each([undefined, null, {}, "file", { read() {}, write() {}, clear() {} }])(
  "a place that is none is refused at once: %j",
  (blob) => {
    expect(() => blobTokenCache(blob as never)).toThrow(
      expect.objectContaining({
        name: "TypeError",
        message: expect.stringMatching(
          /^The option "blob" must be .*read, write, clear, withLock\./,
        ) as string,
      }),
    );
  },
);

test("a place that is none is named", () => {
  expect(() => blobTokenCache("file" as never)).toThrow('Received "file".');
  expect(() => blobTokenCache(undefined as never)).toThrow("Received null.");
});
