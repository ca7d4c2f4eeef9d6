import { constants } from "node:fs";
import { open } from "node:fs/promises";
import { cacheError, systemCode } from "../cache-error.ts";
import type { ProcessLock } from "./process-lock.ts";

// <sys/fcntl.h> of macOS and the BSDs. Node passes open flags on as they are, but has no name for this one.
const O_EXLOCK = 0x20;

/** Opens a file with flags and a mode, as `node:fs/promises` does. */
export type OpenFile = (path: string, flags: number, mode: number) => Promise<{ close(): Promise<void> }>;

/** The lock is an open file of macOS or a BSD, opened with O_EXLOCK: flock(2) in one step with open(2). */
export function openLock(path: string, openFile: OpenFile = open): ProcessLock {
  const flags = constants.O_RDWR | constants.O_CREAT | constants.O_NOFOLLOW | constants.O_NONBLOCK | O_EXLOCK;
  return {
    async tryAcquire() {
      try {
        const file = await openFile(path, flags, 0o600);
        return { release: () => file.close() };
      } catch (error) {
        // EAGAIN is EWOULDBLOCK there: another process holds it.
        if (systemCode(error) === "EAGAIN") return undefined;
        throw cacheError(
          "cache_unwritable",
          "The token cache cannot be locked",
          "Make its folder writable for this user, or choose another `directory`",
          error,
        );
      }
    },
  };
}
