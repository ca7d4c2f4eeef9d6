import { EventEmitter } from "node:events";
import type { IncomingMessage } from "node:http";
import { describe, expect, test } from "vitest";
import { announcesTooLarge, readForm, type FormBody } from "./read-form.ts";

const LARGEST = 64 * 1024;

/** What is read of a request that does this. */
function read(events: (request: EventEmitter) => void): Promise<FormBody> {
  const request = new EventEmitter();
  const form = readForm(request as IncomingMessage);
  events(request);
  return form;
}

const whole = (...chunks: readonly Uint8Array[]): Promise<FormBody> =>
  read((request) => {
    for (const chunk of chunks) request.emit("data", chunk);
    request.emit("end");
    request.emit("close");
  });

describe("a form", () => {
  test("is read as a whole, a character that two chunks share included", async () => {
    expect(await whole(Buffer.from("state=\xc3", "latin1"), Buffer.from("\xa4", "latin1"))).toEqual({
      kind: "text",
      text: "state=\u00e4",
    });
  });

  test("keeps a mark of byte order: it is no part of a name that is known", async () => {
    expect(await whole(Buffer.from("\ufeffstate=x"))).toEqual({ kind: "text", text: "\ufeffstate=x" });
  });

  test("that is not UTF-8 is none", async () => {
    expect(await whole(Buffer.from([0xff]))).toEqual({ kind: "not_utf8" });
  });

  test.each(["error", "close"])("that ends by %s before it was whole is cut off", async (event) => {
    expect(
      await read((request) => {
        request.emit("data", Buffer.from("state=x"));
        request.emit(event, new Error("gone"));
      }),
    ).toEqual({ kind: "cut_off" });
  });

  test("is 64 KiB long at most", async () => {
    const half = Buffer.alloc(LARGEST / 2, "a");
    expect((await whole(half, half)).kind).toBe("text");
    expect(await whole(half, half, Buffer.from("a"))).toEqual({ kind: "too_large" });
  });

  test.each([
    [undefined, false],
    [String(LARGEST), false],
    [String(LARGEST + 1), true],
  ])("that announces %s bytes is too large: %s", (length, large) => {
    const headers = length === undefined ? {} : { "content-length": length };
    expect(announcesTooLarge({ headers })).toBe(large);
  });
});
