import type { TokenCacheStore } from "@entrada/core";
import { throwIfAborted } from "@entrada/core/flow";
import { unlink } from "node:fs/promises";
import { cacheError, isCacheError, unwritable } from "../cache-error.ts";
import type { WarningListener } from "../cache-warning.ts";
import type { DataKeys } from "../keys/data-keys.ts";
import { acquireLock } from "../lock/acquire-lock.ts";
import { lockFor } from "../lock/lock-for.ts";
import { LockWait } from "../lock/lock-wait.ts";
import { Turns } from "../lock/turns.ts";
import type { CachePath } from "./cache-path.ts";
import { putAside, removeLeftovers, sweep } from "./leftovers.ts";
import { identityAt } from "./open-regular-file.ts";
import { prepareDirectory, type NetworkFileSystem } from "./prepare-directory.ts";
import { readSealedFile, type SealedFile } from "./read-sealed-file.ts";
import { replaceFile, syncFolder } from "./replace-file.ts";
import { seal, unseal, type FileHeader } from "./sealed-file.ts";

/** What a `FileTokenCache` is made of. */
export interface FileTokenCacheParts {
  readonly path: () => CachePath;
  readonly keys: (path: CachePath) => DataKeys;
  readonly warn: WarningListener;
  /** How long `withLock` waits, in ms. */
  readonly lockLimitInMs: number;
  readonly networkFileSystem?: NetworkFileSystem;
  readonly now?: () => Date;
}

interface Place {
  readonly path: CachePath;
  readonly keys: DataKeys;
}

/** What was read last: the file's header, and the content, which stays the same object until the file changes. */
interface Snapshot {
  readonly header: FileHeader;
  readonly content: Uint8Array;
}

/** The time between taking the lock and releasing it, with what this access has read; "nothing" is no file. */
interface Access {
  seen?: { readonly header: FileHeader; readonly identity: string } | "nothing";
}

/** A token cache in one sealed file, shared by processes through a lock and atomic replacement. */
export class FileTokenCache implements TokenCacheStore {
  readonly #parts: FileTokenCacheParts;
  readonly #turns = new Turns();
  #place: Place | undefined;
  #fileWork: Promise<unknown> = Promise.resolve();
  #snapshot: Snapshot | undefined;
  #access: Access | undefined;
  #swept = false;

  constructor(parts: FileTokenCacheParts) {
    this.#parts = parts;
  }

  async read(): Promise<Uint8Array | undefined> {
    try {
      return await this.#alone(() => this.#load());
    } catch (error) {
      if (!isCacheError(error, "cache_corrupt")) throw error;
    }
    try {
      // Only the owner of the lock may move the file: it could be a new one by now.
      return await this.withLock(() => this.#alone(() => this.#load()));
    } catch (error) {
      // Somebody else is at it, or the folder is read-only: the cache is as good as empty all the same.
      if (isCacheError(error)) return undefined;
      throw error;
    }
  }

  write(data: Uint8Array): Promise<void> {
    return this.#alone(() => this.#save(data));
  }

  async clear(): Promise<void> {
    const remove = (): Promise<void> => this.#alone(() => this.#remove());
    await (this.#access ? remove() : this.withLock(remove));
  }

  async withLock<T>(work: () => Promise<T>, options: { readonly signal?: AbortSignal } = {}): Promise<T> {
    const wait = new LockWait(this.#parts.lockLimitInMs, options.signal);
    const endTurn = await this.#turns.take(wait);
    try {
      const { path } = this.#located();
      const folder = await prepareDirectory(path.directory, this.#parts.networkFileSystem);
      const lock = await lockFor(path.directory, folder, path.fileName);
      const held = await acquireLock(lock, wait);
      try {
        throwIfAborted(options.signal);
        this.#access = {};
        return await work();
      } finally {
        this.#access = undefined;
        await held.release();
      }
    } finally {
      endTurn();
    }
  }

  async #load(): Promise<Uint8Array | undefined> {
    const { path, keys } = this.#located();
    const access = this.#access;
    let file: SealedFile | undefined;
    try {
      file = await readSealedFile(path.file, this.#snapshot?.header, this.#parts.warn);
      if (!file || file.rest) {
        const key = await keys.toOpen(file?.header);
        this.#snapshot = file?.rest && { header: file.header, content: unseal(file.header, file.rest, key) };
      }
    } catch (error) {
      this.#snapshot = undefined;
      if (!isCacheError(error, "cache_corrupt")) throw error;
      this.#parts.warn({ code: "cache_corrupt", message: error.message, error });
      if (!access) throw error;
      await putAside(path, this.#now()).catch((cause: unknown) => Promise.reject(unwritable(cause)));
    }
    if (access) access.seen = file && this.#snapshot ? file : "nothing";
    return this.#snapshot?.content;
  }

  async #save(data: Uint8Array): Promise<void> {
    const access = this.#access;
    if (access?.seen === undefined) {
      throw cacheError(
        "cache_unwritable",
        "The token cache was not saved, because it was not read under the same lock before",
        "Call `read` and then `write` inside one `withLock`",
      );
    }
    const { path, keys } = this.#located();
    const seen = access.seen === "nothing" ? undefined : access.seen;
    const key = await keys.toSeal(seen?.header);
    const { header, file } = seal(data, key, (seen?.header.generation ?? 0n) + 1n);
    const identity = await replaceFile(path.file, file, seen?.identity);
    access.seen = { header, identity };
    this.#snapshot = { header, content: data };
    await this.#sweepOnce(path);
  }

  async #remove(): Promise<void> {
    const { path, keys } = this.#located();
    try {
      const identity = await identityAt(path.file);
      await removeLeftovers(path);
      if (identity !== undefined) await unlink(path.file);
      await syncFolder(path.directory);
    } catch (error) {
      throw unwritable(error);
    }
    this.#snapshot = undefined;
    if (this.#access) this.#access.seen = "nothing";
    await keys.destroy();
  }

  async #sweepOnce(path: CachePath): Promise<void> {
    if (this.#swept) return;
    this.#swept = true;
    try {
      await sweep(path, this.#now());
    } catch {
      // The save is done; old temporary files can wait for the next process.
    }
  }

  /** One piece of work on the file at a time, so that none acts on what another has just replaced. */
  #alone<T>(work: () => Promise<T>): Promise<T> {
    const result = this.#fileWork.then(work);
    // Its fault is the caller's, not that of whoever comes next.
    this.#fileWork = result.catch(() => {});
    return result;
  }

  #located(): Place {
    if (this.#place) return this.#place;
    const path = this.#parts.path();
    this.#place = { path, keys: this.#parts.keys(path) };
    return this.#place;
  }

  #now(): Date {
    return this.#parts.now?.() ?? new Date();
  }
}
