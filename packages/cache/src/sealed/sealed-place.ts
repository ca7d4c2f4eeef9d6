import type { ProcessLock } from "../lock/process-lock.ts";
import type { SealHeader } from "./sealed-format.ts";

/** Sealed content as it was at one moment. */
export interface Sealed {
  readonly header: SealHeader;
  /** What follows the header; `undefined` if the header is the one that is known already. */
  readonly rest: Buffer | undefined;
  /** What distinguishes it from whatever replaces it. */
  readonly identity: string;
}

/** Where sealed content lies. */
export interface SealedPlace {
  /**
   * What is there; without its content if its header is the `known` one.
   * @throws AuthenticationError `cache`: `cache_not_regular`, `cache_unreadable`, `cache_corrupt`, `cache_version`.
   */
  load(known: SealHeader | undefined): Promise<Sealed | undefined>;
  /** What changes it: loaded here, for who only reads needs nothing of it. */
  changes(): Promise<ChangeablePlace>;
}

/** How sealed content is changed, and those who share it keep out of each other's way. */
export interface ChangeablePlace {
  /** @throws AuthenticationError `cache`, `cache_unwritable` where nothing could be saved. */
  lock(): Promise<ProcessLock>;
  /**
   * Replaces all that is there at once, or nothing, by these parts one after the other; only what has the identity `replaced`, or `undefined` for none.
   * @returns the new identity.
   * @throws AuthenticationError `cache`: `cache_unwritable`, or `cache_locked` if something else is there.
   */
  replace(sealed: readonly Uint8Array[], replaced: string | undefined, header: SealHeader): Promise<string>;
  /** Moves what is damaged out of the way, and keeps it. */
  putAside(): Promise<void>;
  /** Removes what is there and all that was put aside. */
  remove(): Promise<void>;
}
