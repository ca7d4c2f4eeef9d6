import { createHash } from "node:crypto";
import type { BigIntStats } from "node:fs";
import { join } from "node:path";
import { openLock } from "./open-lock.ts";
import type { ProcessLock } from "./process-lock.ts";
import { socketLock } from "./socket-lock.ts";

/** The lock of one file in an existing folder: the same for all processes of a user, whatever path they took. */
export function lockFor(
  directory: string,
  status: BigIntStats,
  fileName: string,
  user: number | undefined = process.geteuid?.(),
  platform: NodeJS.Platform = process.platform,
): ProcessLock {
  if (platform !== "linux" && platform !== "android") {
    return openLock(join(directory, `${fileName}.lock`), platform);
  }
  // Not by its path: one folder has several in several containers.
  const place = [status.dev, status.ino, fileName, user].join("\0");
  return socketLock(`entrada-${createHash("sha256").update(place).digest("hex").slice(0, 40)}`);
}
