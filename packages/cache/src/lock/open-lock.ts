import { constants } from "node:fs";
import { open } from "node:fs/promises";
import { cacheError, systemCode } from "../cache-error.ts";
import type { ProcessLock } from "./process-lock.ts";

/** Opens a file with flags and a mode, as `node:fs/promises` does. */
export type OpenFile = (path: string, flags: number, mode: number) => Promise<{ close(): Promise<void> }>;

/** How a platform opens a file for one process alone, and what it says when another has it open. */
interface ExclusiveOpening {
  readonly flags: number;
  readonly busyCode: string;
}

// Node passes open flags on to libuv as they are, but has no name for UV_FS_O_EXLOCK (libuv, "File system operations").
// On Windows it stands for a file that is shared with nobody, on macOS and the BSDs for flock(2) in one step with open.
const WINDOWS: ExclusiveOpening = { flags: 0x1000_0000, busyCode: "EBUSY" };
const BSD: ExclusiveOpening = { flags: 0x20, busyCode: "EAGAIN" };

/** The lock is an open file of Windows, macOS or a BSD. The file itself stays, empty. */
export function openLock(
  path: string,
  platform: NodeJS.Platform = process.platform,
  openFile: OpenFile = open,
): ProcessLock {
  const { flags, busyCode } = platform === "win32" ? WINDOWS : BSD;
  const { O_RDWR, O_CREAT, O_NOFOLLOW, O_NONBLOCK } = constants;
  return {
    async tryAcquire() {
      try {
        const file = await openFile(path, flags | O_RDWR | O_CREAT | O_NOFOLLOW | O_NONBLOCK, 0o600);
        return { release: () => file.close() };
      } catch (error) {
        if (systemCode(error) === busyCode) return undefined;
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
