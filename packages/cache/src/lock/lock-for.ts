import { createHash } from "node:crypto";
import type { BigIntStats } from "node:fs";
import { realpath } from "node:fs/promises";
import { join } from "node:path";
import { openLock } from "./open-lock.ts";
import type { ProcessLock } from "./process-lock.ts";
import { socketLock } from "./socket-lock.ts";

/** The lock of one file in an existing folder: the same for all processes of this user, whatever path they took. */
export async function lockFor(
  directory: string,
  status: BigIntStats,
  fileName: string,
): Promise<ProcessLock> {
  switch (process.platform) {
    case "linux":
    case "android":
      // Not by its path: one folder has several in several containers.
      return socketLock(
        `\0${addressOf(`${status.dev}:${status.ino}`, fileName, String(process.geteuid?.()))}`,
      );
    case "win32":
      return socketLock(`\\\\.\\pipe\\${await windowsAddress(directory, fileName)}`);
    default:
      return openLock(join(directory, `${fileName}.lock`));
  }
}

async function windowsAddress(directory: string, fileName: string): Promise<string> {
  return addressOf((await realpath(directory)).toLowerCase(), fileName.toLowerCase());
}

function addressOf(...parts: readonly string[]): string {
  return `entrada-${createHash("sha256").update(parts.join("\0")).digest("hex").slice(0, 40)}`;
}
