import { hkdfSync } from "node:crypto";
import { cacheError } from "../cache-error.ts";
import type { DataKey } from "../sealed/data-key.ts";
import type { ContentKeys } from "../sealed/content-keys.ts";
import type { SealHeader } from "../sealed/sealed-format.ts";

const PURPOSE = "entrada shared token cache";
const ID_LENGTH = 16;
const KEY_LENGTH = 32;

/**
 * A key that the caller keeps. Each cache name has its own, made from it (RFC 5869), so that content cannot be passed
 * off as that of another cache.
 */
export class GivenKey implements ContentKeys {
  readonly #key: DataKey;

  constructor(secret: Uint8Array, name: string) {
    const made = Buffer.from(hkdfSync("sha256", secret, "", `${PURPOSE}\0${name}`, ID_LENGTH + KEY_LENGTH));
    this.#key = { id: made.toString("hex", 0, ID_LENGTH), bytes: made.subarray(ID_LENGTH) };
  }

  /** For what is sealed beside the content, and for names that tell nothing. */
  get dataKey(): DataKey {
    return this.#key;
  }

  toOpen(present: SealHeader | undefined): Promise<DataKey | undefined> {
    if (!present) return Promise.resolve(undefined);
    if (present.keyId === this.#key.id) return Promise.resolve(this.#key);
    // Nothing is ever stored without encryption; whoever did that is not to be believed.
    if (present.keyId === undefined) return Promise.reject(notEncrypted());
    return Promise.reject(
      cacheError(
        "cache_unreadable",
        "The token cache was encrypted with another key",
        "Give all that share this cache the same `key`, or use another `name`",
      ),
    );
  }

  toSeal(): Promise<DataKey> {
    return Promise.resolve(this.#key);
  }

  destroy(): Promise<void> {
    // It is the caller's.
    return Promise.resolve();
  }
}

function notEncrypted(): Error {
  return cacheError(
    "cache_corrupt",
    "The token cache is not encrypted",
    "It is put aside and the cache starts empty: sign in again",
  );
}
