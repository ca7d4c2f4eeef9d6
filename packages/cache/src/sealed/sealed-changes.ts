import { throwIfAborted } from "@entrada/core/credential";
import { cacheError } from "../cache-error.ts";
import { acquireLock } from "../lock/acquire-lock.ts";
import { LockWait } from "../lock/lock-wait.ts";
import { Turns } from "../lock/turns.ts";
import { seal } from "./seal.ts";
import type { SealedContent } from "./sealed-content.ts";

/** What is done to sealed content under its lock. In a part of its own: who only reads needs nothing of it. */
export class SealedChanges {
  readonly #content: SealedContent;
  readonly #turns = new Turns();

  constructor(content: SealedContent) {
    this.#content = content;
  }

  async write(data: Uint8Array): Promise<void> {
    await this.#change(() => this.#save(data));
  }

  async clear(): Promise<void> {
    await this.#change(() => this.#remove());
  }

  async withLock<T>(work: () => Promise<T>, options: { readonly signal?: AbortSignal } = {}): Promise<T> {
    const wait = new LockWait(this.#content.parts.lockTimeoutInMs, options.signal);
    const endTurn = await this.#turns.take(wait);
    try {
      const place = await this.#content.parts.place.changes();
      const held = await acquireLock(await place.lock(), wait);
      try {
        throwIfAborted(options.signal);
        this.#content.access = {};
        return await work();
      } finally {
        this.#content.access = undefined;
        await held.release();
      }
    } finally {
      endTurn();
    }
  }

  /** @param work - done under the lock: false when there is no access any more */
  async #change(work: () => Promise<boolean>): Promise<void> {
    const change = (): Promise<boolean> => this.#content.alone(work);
    // Whose access has ended before its turn came takes the lock for itself, too.
    if (!(this.#content.access && (await change()))) await this.withLock(change);
  }

  /** Saves over what this access has seen, and looks first if it has not. */
  async #save(data: Uint8Array): Promise<boolean> {
    const access = this.#content.access;
    if (!access) return false;
    if (!access.seen) await this.#content.load();
    // A caller that read in vain knows not what it would replace, even if it could be read by now.
    if (!access.seen || access.seen === "unreadable") throw notRead();
    const { place, keys } = this.#content.parts;
    const seen = access.seen === "nothing" ? undefined : access.seen;
    const key = await keys.toSeal(seen?.header);
    if (this.#content.access !== access) return false;
    const changes = await place.changes();
    const { header, sealed } = seal(data, key, (seen?.header.generation ?? 0n) + 1n);
    access.seen = { header, identity: await changes.replace(sealed, seen?.identity, header) };
    this.#content.snapshot = { header, content: data };
    return true;
  }

  async #remove(): Promise<boolean> {
    const access = this.#content.access;
    if (!access) return false;
    await (await this.#content.parts.place.changes()).remove();
    this.#content.snapshot = undefined;
    access.seen = "nothing";
    await this.#content.parts.keys.destroy();
    return true;
  }
}

function notRead(): Error {
  return cacheError(
    "cache_unwritable",
    "The token cache was not saved, because it could not be read under the same lock before",
    "Look at the error of `read`; then call `read` and `write` inside one `withLock` again",
  );
}
