import { unlink } from "node:fs/promises";
import { unwritable } from "../cache-error.ts";
import type { WarningListener } from "../cache-warning.ts";
import type { ProcessLock } from "../lock/process-lock.ts";
import type { SealHeader } from "../sealed/sealed-format.ts";
import type { Sealed, SealedPlace } from "../sealed/sealed-place.ts";
import type { CachePath } from "./cache-path.ts";
import { putAside, removeLeftovers, sweep } from "./leftovers.ts";
import { identityAt } from "./open-regular-file.ts";
import { prepareDirectory, type NetworkFileSystem } from "./prepare-directory.ts";
import { readSealedFile } from "./read-sealed-file.ts";
import { replaceFile, syncFolder } from "./replace-file.ts";

/** What a `FilePlace` is made of; the path is first asked for at the first use. */
export interface FilePlaceParts {
  readonly path: () => CachePath;
  readonly warn: WarningListener;
  readonly networkFileSystem?: NetworkFileSystem;
  readonly now?: () => Date;
}

/** One file on a disk of this machine, shared through a lock of the operating system's and atomic replacement. */
export class FilePlace implements SealedPlace {
  readonly #parts: FilePlaceParts;
  #swept = false;

  constructor(parts: FilePlaceParts) {
    this.#parts = parts;
  }

  async lock(): Promise<ProcessLock> {
    const { directory, fileName } = this.#path;
    const folder = await prepareDirectory(directory, this.#parts.networkFileSystem);
    // Whoever only reads needs no lock, and no network either.
    const { lockFor } = await import("../lock/lock-for.ts");
    return lockFor(directory, folder, fileName);
  }

  async load(known: SealHeader | undefined): Promise<Sealed | undefined> {
    return readSealedFile(this.#path.file, known, this.#parts.warn);
  }

  async replace(
    sealed: readonly Uint8Array[],
    _header: SealHeader,
    replaced: string | undefined,
  ): Promise<string> {
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
