import type { BigIntStats } from "node:fs";
import { unlink } from "node:fs/promises";
import { dirname } from "node:path";
import { unwritable } from "../cache-error.ts";
import { lockFor } from "../lock/lock-for.ts";
import type { ProcessLock } from "../lock/process-lock.ts";
import type { CachePath } from "./cache-path.ts";
import type { FilePlaceParts } from "./file-place-parts.ts";
import { asideOf, putAside, removeLeftovers, sweep } from "./leftovers.ts";
import { identityAt } from "./open-regular-file.ts";
import { prepareDirectory } from "./prepare-directory.ts";
import { replaceFile } from "./replace-file.ts";
import { syncFolder } from "./sync-to-disk.ts";

// With the sticky bit nobody may take away or replace what is somebody else's.
const WRITABLE_BY_ALL = 0o1002n;

/** What is done to the file of a `FilePlace`, and to what lies beside it. */
export class FileChanges {
  readonly #parts: FilePlaceParts;
  #swept = false;
  /** The folder whose surroundings have been seen to. */
  #preparedFor: bigint | undefined;

  constructor(parts: FilePlaceParts) {
    this.#parts = parts;
  }

  /** @param use - what it locks, if not the file itself */
  async lock(use = ""): Promise<ProcessLock> {
    const { directory, asideDirectory, fileName, lockName = fileName } = this.#path;
    const prepared = (folder: string): Promise<BigIntStats> =>
      prepareDirectory(folder, this.#parts.networkFileSystem);
    const folder = await prepared(directory);
    this.#tellOfOpenFolder(folder);
    if (asideDirectory !== undefined && folder.ino !== this.#preparedFor) {
      await prepared(asideDirectory);
      this.#tellOfOpenFolder(await prepared(dirname(directory)));
      this.#preparedFor = folder.ino;
    }
    return lockFor(directory, folder, lockName + use);
  }

  async replace(sealed: readonly Uint8Array[], replaced: string | undefined): Promise<string> {
    try {
      const identity = await replaceFile(this.#path.file, sealed, replaced, asideOf(this.#path));
      // A folder of records is swept as a whole.
      if (this.#path.asideDirectory === undefined) await this.#sweepOnce();
      return identity;
    } catch (error) {
      // Something of it may be missing.
      this.#preparedFor = undefined;
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
