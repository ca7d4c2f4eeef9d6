import type { BigIntStats } from "node:fs";
import { byCallback } from "./by-callback.ts";
import { closeFile } from "./close-file.ts";

const fs = process.getBuiltinModule("node:fs");

/** A file that is open to be read, until it is closed. */
export class OpenedFile {
  readonly #descriptor: number;

  private constructor(descriptor: number) {
    this.#descriptor = descriptor;
  }

  static async at(path: string, flags: number): Promise<OpenedFile> {
    return new OpenedFile(await byCallback((done) => fs.open(path, flags, done)));
  }

  /** The system knows it of a file that is open: that waits for nothing, while a thread is waited for twice. */
  status(): BigIntStats {
    return fs.fstatSync(this.#descriptor, { bigint: true });
  }

  /** Reads up to `length` bytes: fewer where the file ends before. */
  async read(position: number, length: number): Promise<Buffer> {
    const bytes = Buffer.allocUnsafe(length);
    let filled = 0;
    while (filled < length) {
      // One by one: Yarn's file system, which is in the place of Node.js's where it has put no node_modules, fails on the
      // same in an object, and with it the process.
      const [from, rest] = [position + filled, length - filled];
      const count = await byCallback<number>((done) =>
        fs.read(this.#descriptor, bytes, filled, rest, from, done),
      );
      if (count === 0) break;
      filled += count;
    }
    return bytes.subarray(0, filled);
  }

  changeMode(mode: number): Promise<void> {
    return byCallback((done) => fs.fchmod(this.#descriptor, mode, (error) => done(error, undefined)));
  }

  close(): Promise<void> {
    return closeFile(this.#descriptor);
  }
}
