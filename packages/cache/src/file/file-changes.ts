import type { BigIntStats } from "node:fs";
import { unlink } from "node:fs/promises";
import { createHash } from "node:crypto";
import { dirname } from "node:path";
import { unwritable } from "../unwritable.ts";
import { lockFor } from "../lock/lock-for.ts";
import type { ChangeablePlace } from "../sealed/sealed-place.ts";
import type { ProcessLock } from "../lock/process-lock.ts";
import type { CachePath } from "./cache-path.ts";
import type { FilePlaceParts } from "./file-place-parts.ts";
import { asideOf, putAside, removeLeftovers, sweep } from "./leftovers.ts";
import { identityAt } from "../disk/open-regular-file.ts";
import { prepareDirectory } from "./prepare-directory.ts";
import { replaceFile } from "./replace-file.ts";
import { seenAgain, type SeenFolder } from "./seen-folder.ts";
import { syncFolder } from "../disk/sync-to-disk.ts";

// With the sticky bit nobody may take away or replace what is somebody else's.
const WRITABLE_BY_ALL = 0o1002n;

/** What is done to the file of a `FilePlace`, and to what lies beside it. */
export class FileChanges implements ChangeablePlace {
  readonly #parts: FilePlaceParts;
  #swept = false;
  readonly #seen: SeenFolder;

  constructor(parts: FilePlaceParts) {
    this.#parts = parts;
    this.#seen = parts.seenFolder ?? {};
  }

  /** @param use - what it locks, if not the file itself */
  async lock(use = ""): Promise<ProcessLock> {
    const { directory, fileName, lockName = fileName } = this.#path;
    const folder = seenAgain(this.#seen, directory) ?? (await this.#prepareFolder());
    return lockFor(directory, folder, lockName + use);
  }

  /** Held by the process that asks a person to sign in. */
  promptLock(key: string): Promise<ProcessLock> {
    return this.lock(`.prompt-${createHash("sha256").update(key).digest("hex").slice(0, 16)}`);
  }

  async #prepareFolder(): Promise<BigIntStats> {
    const { directory, asideDirectory } = this.#path;
    const prepared = async (folder: string): Promise<BigIntStats> => {
      const status = await prepareDirectory(folder, this.#parts.networkFileSystem);
      this.#tellOfOpenFolder(status);
      return status;
    };
    const folder = await prepared(directory);
    if (asideDirectory !== undefined) {
      await prepareDirectory(asideDirectory, this.#parts.networkFileSystem);
      await prepared(dirname(directory));
    }
    this.#seen.status = folder;
    return folder;
  }

  async replace(sealed: readonly Uint8Array[], replaced: string | undefined): Promise<string> {
    try {
      const identity = await replaceFile(this.#path.file, sealed, replaced, asideOf(this.#path));
      // A folder of records is swept as a whole.
      if (this.#path.asideDirectory === undefined) await this.#sweepOnce();
      return identity;
    } catch (error) {
      // Something of it may be missing.
      this.#seen.status = undefined;
      throw error;
    }
  }

  async putAside(): Promise<void> {
    try {
      await putAside(this.#path, this.#now());
    } catch (error) {
      throw unwritable(error);
    }
  }

  async remove(): Promise<void> {
    const { directory, file } = this.#path;
    try {
      const identity = await identityAt(file);
      await removeLeftovers(this.#path);
      if (identity !== undefined) await unlink(file);
      await syncFolder(directory);
    } catch (error) {
      throw unwritable(error);
    }
  }

  async #sweepOnce(): Promise<void> {
    if (this.#swept) return;
    this.#swept = true;
    try {
      await sweep(this.#path, this.#now());
    } catch {
      // The save is done; old temporary files can wait for the next process.
    }
  }

  /** What all may write, all may replace: the seal shows what was changed, but not what was taken away. */
  #tellOfOpenFolder({ mode }: BigIntStats): void {
    if (process.platform === "win32" || (mode & WRITABLE_BY_ALL) !== 0o002n) return;
    this.#parts.warn({
      code: "cache_permissions",
      message: "Every user of this machine may write to the folder of the token cache.",
    });
  }

  get #path(): CachePath {
    return this.#parts.path();
  }

  #now(): Date {
    return this.#parts.now?.() ?? new Date();
  }
}
