import type { DataKey } from "./data-key.ts";
import type { SealHeader } from "./sealed-format.ts";

/** Which key opens sealed content, and which seals the next. */
export interface ContentKeys {
  /**
   * The key that opens this content; `undefined` if it is not encrypted. Without content: makes sure, before anybody
   * signs in for nothing, that there can be a key if one is required.
   * @throws AuthenticationError `cache`: `cache_no_encryption`, `cache_unreadable`.
   */
  toOpen(present: SealHeader | undefined): Promise<DataKey | undefined>;
  /** The key for the next save over this content, or `undefined` to save without encryption. */
  toSeal(present: SealHeader | undefined): Promise<DataKey | undefined>;
  /** Forgets the key for good: what it sealed can never be opened again. */
  destroy(): Promise<void>;
}

/** Keys that are kept somewhere beyond the process. */
export interface KeptKeys extends ContentKeys {
  /** Whether there is a key to destroy, as far as that can be seen. Makes none. */
  isKept(): Promise<boolean>;
}
