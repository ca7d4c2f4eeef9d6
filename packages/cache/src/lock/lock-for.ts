import { createHash } from "node:crypto";
import { realpath, stat } from "node:fs/promises";
import { join } from "node:path";
import { openLock } from "./open-lock.ts";
import type { ProcessLock } from "./process-lock.ts";
import { socketLock } from "./socket-lock.ts";

/** The lock of one file in an existing folder: the same for all processes of this user, whatever path they took. */
export async function lockFor(directory: string, fileName: string): Promise<ProcessLock> {
  switch (process.platform) {
    case "linux":
    case "android":
      return socketLock(`\0${await linuxAddress(directory, fileName)}`);
    case "win32":
      return socketLock(`\\\\.\\pipe\\${await windowsAddress(directory, fileName)}`);
    default:
      return openLock(join(directory, `${fileName}.lock`));
  }
}

async function linuxAddress(directory: string, fileName: string): Promise<string> {
  // Not the path: one folder has several in several containers.
  const { dev, ino } = await stat(directory, { bigint: true });
  return addressOf(`${dev}:${ino}`, fileName, String(process.geteuid?.()));
}

async function windowsAddress(directory: string, fileName: string): Promise<string> {
  return addressOf((await realpath(directory)).toLowerCase(), fileName.toLowerCase());
}

function addressOf(...parts: readonly string[]): string {
  return `entrada-${createHash("sha256").update(parts.join("\0")).digest("hex").slice(0, 40)}`;
}
