import { PassThrough, Writable } from "node:stream";
import { describe, expect, test } from "vitest";
import { writeToPerson } from "./write-to-person.ts";

describe("a text for a person", () => {
  test("is written, and leaves no listener", async () => {
    const stream = new PassThrough();
    expect(await writeToPerson("Hello\n", stream)).toBe(true);
    expect(String(stream.read())).toBe("Hello\n");
    expect(stream.listenerCount("error")).toBe(0);
  });

  test("is not written to a stream that fails, which ends nothing", async () => {
    const stream = new Writable({
      write: (_chunk, _encoding, done) => done(Object.assign(new Error("write EPIPE"), { code: "EPIPE" })),
    });
    expect(await writeToPerson("Hello\n", stream)).toBe(false);
    expect(await writeToPerson("Hello again\n", stream)).toBe(false);
  });

  test("is not written to a stream that throws or is gone", async () => {
    const throwing = {
      on: () => throwing,
      removeListener: () => throwing,
      write: (): boolean => {
        throw new Error("EBADF");
      },
    } as unknown as NodeJS.WritableStream;
    expect(await writeToPerson("Hello\n", throwing)).toBe(false);
    const destroyed = new PassThrough();
    destroyed.destroy();
    expect(await writeToPerson("Hello\n", destroyed)).toBe(false);
  });

  test("leaves the listeners of others alone", async () => {
    const heard: string[] = [];
    const stream = new Writable({ write: (_chunk, _encoding, done) => done(new Error("full")) });
    stream.on("error", (error) => heard.push(error.message));
    expect(await writeToPerson("Hello\n", stream)).toBe(false);
    await new Promise((resolve) => setImmediate(resolve));
    expect(heard).toEqual(["full"]);
  });
});
