import { isCacheError } from "../cache-error.ts";
import type { WarningListener } from "../cache-warning.ts";
import type { ContentKeys } from "./content-keys.ts";
import { unseal, type SealHeader } from "./sealed-format.ts";
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
export interface Snapshot {
  readonly header: SealHeader;
  readonly content: Uint8Array;
}

/** The time between taking the lock and releasing it, with what this access has read. */
export interface Access {
  seen?: Pick<Sealed, "header" | "identity"> | "nothing" | "unreadable";
}

/** Sealed content as this process has read it, and how it is read. */
export class SealedContent {
  readonly parts: SealedTokenCacheParts;
  snapshot: Snapshot | undefined;
  access: Access | undefined;
  #working: Promise<unknown> = Promise.resolve();

  constructor(parts: SealedTokenCacheParts) {
    this.parts = parts;
  }

  async load(): Promise<Uint8Array | undefined> {
    const access = this.access;
    if (access) access.seen ??= "unreadable"; // until it has been read
    let sealed: Sealed | undefined;
    try {
      sealed = await this.parts.place.load(this.snapshot?.header);
      if (!sealed || sealed.rest) {
        const key = await this.parts.keys.toOpen(sealed?.header);
        this.snapshot = sealed?.rest && {
          header: sealed.header,
          content: unseal(sealed.header, sealed.rest, key),
        };
      }
    } catch (error) {
      this.snapshot = undefined;
      if (!isCacheError(error, "cache_corrupt")) throw error;
      this.parts.warn({ code: "cache_corrupt", message: error.message, error });
      if (!access) throw error;
      await (await this.parts.place.changes()).putAside();
    }
    if (access) access.seen = sealed && this.snapshot ? sealed : "nothing";
    return this.snapshot?.content;
  }

  /** One piece of work at a time, so that none acts on what another has just replaced. */
  alone<T>(work: () => Promise<T>): Promise<T> {
    const result = this.#working.then(work);
    // Its fault is its caller's, not that of whoever comes next.
    this.#working = result.catch(() => {});
    return result;
  }
}
