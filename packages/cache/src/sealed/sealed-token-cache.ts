import type { TokenCacheBlob } from "@entrada/core";
import { throwIfAborted } from "@entrada/core/credential";
import { cacheError, isCacheError } from "../cache-error.ts";
import type { WarningListener } from "../cache-warning.ts";
import { acquireLock } from "../lock/acquire-lock.ts";
import { LockWait } from "../lock/lock-wait.ts";
import { Turns } from "../lock/turns.ts";
import type { ContentKeys } from "./content-keys.ts";
import { seal, unseal, type SealHeader } from "./sealed-format.ts";
import type { Sealed, SealedPlace } from "./sealed-place.ts";

/** What a `SealedTokenCache` is made of. */
export interface SealedTokenCacheParts {
  readonly place: SealedPlace;
  readonly keys: ContentKeys;
  readonly warn: WarningListener;
  /** How long `withLock` waits, in ms. */
  readonly lockTimeoutInMs: number;
}

/** What was read last: the content stays the same object until another header is found. */
interface Snapshot {
  readonly header: SealHeader;
  readonly content: Uint8Array;
}

/** The time between taking the lock and releasing it, with what this access has read. */
interface Access {
  seen?: Pick<Sealed, "header" | "identity"> | "nothing" | "unreadable";
}

/** A token cache of sealed content in a place that processes share. */
export class SealedTokenCache implements TokenCacheBlob {
  readonly #parts: SealedTokenCacheParts;
  readonly #turns = new Turns();
  #working: Promise<unknown> = Promise.resolve();
  #snapshot: Snapshot | undefined;
  #access: Access | undefined;

  constructor(parts: SealedTokenCacheParts) {
    this.#parts = parts;
  }

  /** The header of what was read or written last. */
  get header(): SealHeader | undefined {
    return this.#snapshot?.header;
  }

  async read(): Promise<Uint8Array | undefined> {
    try {
      return await this.#alone(() => this.#load());
    } catch (error) {
      if (!isCacheError(error, "cache_corrupt")) throw error;
    }
    try {
      // Only the owner of the lock may move what is damaged: it could be something new by now.
      return await this.withLock(() => this.#alone(() => this.#load()));
    } catch (error) {
      // Somebody else is at it, or nothing can be moved: the cache is as good as empty all the same.
      if (isCacheError(error)) return undefined;
      throw error;
    }
  }

  async write(data: Uint8Array): Promise<void> {
    await this.#change(() => this.#save(data));
  }

  async clear(): Promise<void> {
    await this.#change(() => this.#remove());
  }

  async withLock<T>(work: () => Promise<T>, options: { readonly signal?: AbortSignal } = {}): Promise<T> {
    const wait = new LockWait(this.#parts.lockTimeoutInMs, options.signal);
    const endTurn = await this.#turns.take(wait);
    try {
      const held = await acquireLock(await this.#parts.place.lock(), wait);
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

  /** @param work - done under the lock: false when there is no access any more */
  async #change(work: () => Promise<boolean>): Promise<void> {
    const change = (): Promise<boolean> => this.#alone(work);
    // Whose access has ended before its turn came takes the lock for itself, too.
    if (!(this.#access && (await change()))) await this.withLock(change);
  }

  async #load(): Promise<Uint8Array | undefined> {
    const access = this.#access;
    if (access) access.seen ??= "unreadable"; // until it has been read
    let sealed: Sealed | undefined;
    try {
      sealed = await this.#parts.place.load(this.#snapshot?.header);
      if (!sealed || sealed.rest) {
        const key = await this.#parts.keys.toOpen(sealed?.header);
        this.#snapshot = sealed?.rest && {
          header: sealed.header,
          content: unseal(sealed.header, sealed.rest, key),
        };
      }
    } catch (error) {
      this.#snapshot = undefined;
      if (!isCacheError(error, "cache_corrupt")) throw error;
      this.#parts.warn({ code: "cache_corrupt", message: error.message, error });
      if (!access) throw error;
      await this.#parts.place.putAside();
    }
    if (access) access.seen = sealed && this.#snapshot ? sealed : "nothing";
    return this.#snapshot?.content;
  }

  /** Saves over what this access has seen, and looks first if it has not. */
  async #save(data: Uint8Array): Promise<boolean> {
    const access = this.#access;
    if (!access) return false;
    if (!access.seen) await this.#load();
    // A caller that read in vain knows not what it would replace, even if it could be read by now.
    if (!access.seen || access.seen === "unreadable") throw notRead();
    const { place, keys } = this.#parts;
    const seen = access.seen === "nothing" ? undefined : access.seen;
    const key = await keys.toSeal(seen?.header);
    if (this.#access !== access) return false;
    const { header, sealed } = seal(data, key, (seen?.header.generation ?? 0n) + 1n);
    access.seen = { header, identity: await place.replace(sealed, header, seen?.identity) };
    this.#snapshot = { header, content: data };
    return true;
  }

  async #remove(): Promise<boolean> {
    const access = this.#access;
    if (!access) return false;
    await this.#parts.place.remove();
    this.#snapshot = undefined;
    access.seen = "nothing";
    await this.#parts.keys.destroy();
    return true;
  }

  /** One piece of work at a time, so that none acts on what another has just replaced. */
  #alone<T>(work: () => Promise<T>): Promise<T> {
    const result = this.#working.then(work);
    // Its fault is its caller's, not that of whoever comes next.
    this.#working = result.catch(() => {});
    return result;
  }
}

function notRead(): Error {
  return cacheError(
    "cache_unwritable",
    "The token cache was not saved, because it could not be read under the same lock before",
    "Look at the error of `read`; then call `read` and `write` inside one `withLock` again",
  );
}
