import { byCallback } from "./by-callback.ts";

const fs = process.getBuiltinModule("node:fs");

/**
 * Closes a file that is read or whose content is on the disk. That waits for nothing, while a thread is waited for
 * twice: on a machine that has much to do, most of a save is such waiting. On Windows scanners look at what is closed.
 */
export async function closeFile(descriptor: number): Promise<void> {
  if (process.platform !== "win32") return fs.closeSync(descriptor);
  await byCallback<void>((done) => fs.close(descriptor, (error) => done(error ?? null, undefined)));
}
