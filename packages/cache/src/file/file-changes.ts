import { unlink } from "node:fs/promises";
import { unwritable } from "../cache-error.ts";
import { lockFor } from "../lock/lock-for.ts";
import type { ProcessLock } from "../lock/process-lock.ts";
import type { CachePath } from "./cache-path.ts";
import type { FilePlaceParts } from "./file-place-parts.ts";
import { putAside, removeLeftovers, sweep } from "./leftovers.ts";
import { identityAt } from "./open-regular-file.ts";
import { prepareDirectory } from "./prepare-directory.ts";
import { replaceFile, syncFolder } from "./replace-file.ts";

/** What is done to the file of a `FilePlace`, and to what lies beside it. */
export class FileChanges {
  readonly #parts: FilePlaceParts;
  #swept = false;

  constructor(parts: FilePlaceParts) {
    this.#parts = parts;
  }

  /** @param use - what it locks, if not the file itself */
  async lock(use = ""): Promise<ProcessLock> {
    const { directory, fileName } = this.#path;
    const folder = await prepareDirectory(directory, this.#parts.networkFileSystem);
    return lockFor(directory, folder, fileName + use);
  }

  async replace(sealed: readonly Uint8Array[], replaced: string | undefined): Promise<string> {
    const identity = await replaceFile(this.#path.file, sealed, replaced);
    await this.#sweepOnce();
    return identity;
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

  get #path(): CachePath {
    return this.#parts.path();
  }

  #now(): Date {
    return this.#parts.now?.() ?? new Date();
  }
}
