import type { BigIntStats } from "node:fs";
import { byCallback } from "./by-callback.ts";
import { closeFile } from "./close-file.ts";
import { identityOf } from "./open-regular-file.ts";

// Not the promises of node:fs: where they are replaced, as under Yarn's Plug'n'Play, their files lack calls that these have.
const fs = process.getBuiltinModule("node:fs");
const { O_WRONLY, O_CREAT, O_EXCL, O_NOFOLLOW, O_APPEND, O_NONBLOCK } = fs.constants;
const MODE = 0o600;

/** A file that is open to be written, until it is closed. */
export class WritableFile {
  readonly descriptor: number;

  private constructor(descriptor: number) {
    this.descriptor = descriptor;
  }

  /** A new file, private from its first moment. */
  static create(path: string): Promise<WritableFile> {
    return this.#open(path, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW);
  }

  /** A file whose end all who append share: what one writes in one call stands together. */
  static append(path: string): Promise<WritableFile> {
    return this.#open(path, O_WRONLY | O_CREAT | O_APPEND | O_NOFOLLOW | O_NONBLOCK);
  }

  static async #open(path: string, flags: number): Promise<WritableFile> {
    return new WritableFile(await byCallback((done) => fs.open(path, flags, MODE, done)));
  }

  /** In one call where the system takes it all: each call waits for a thread. */
  async write(parts: readonly Uint8Array[]): Promise<void> {
    const length = parts.reduce((sum, part) => sum + part.length, 0);
    let written = await byCallback<number>((done) => fs.writev(this.descriptor, parts, done));
    if (written === length) return;
    const whole = Buffer.concat(parts);
    while (written < length) {
      const rest = whole.subarray(written);
      written += await byCallback<number>((done) => fs.write(this.descriptor, rest, done));
    }
  }

  /** Of a file that is open the system knows it without looking at the disk. */
  status(): BigIntStats {
    return fs.fstatSync(this.descriptor, { bigint: true });
  }

  /** What distinguishes it from whatever replaces it. */
  identity(): string {
    return identityOf(this.status());
  }

  close(): Promise<void> {
    return closeFile(this.descriptor);
  }
}
