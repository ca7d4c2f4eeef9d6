import type { TokenCacheEntry } from "@entrada/core";
import { damagedRecord, packRecord, unpackRecord, type RecordContent } from "../sealed/record-content.ts";
import type { SealedTokenCache } from "../sealed/sealed-token-cache.ts";

/** One record's file, unpacked once for each content. */
export class RecordFile {
  readonly #cache: SealedTokenCache;
  #unpacked: { readonly content: Uint8Array; readonly record: RecordContent } | undefined;
  /** How the index names it, as far as this process knows. */
  #indexed: TokenCacheEntry | undefined;

  constructor(cache: SealedTokenCache) {
    this.#cache = cache;
  }

  /** @throws AuthenticationError `cache`; `cache_corrupt` for another record than that of `key`, too. */
  async read(key: string): Promise<Uint8Array | undefined> {
    const content = await this.#cache.read();
    if (!content) return undefined;
    if (this.#unpacked?.content !== content) this.#unpacked = { content, record: unpackRecord(content) };
    const { entry, data } = this.#unpacked.record;
    if (entry.key !== key) throw damagedRecord();
    this.#indexed ??= entry;
    return data;
  }

  /** Whether the index is to be told of it: of a new record, or a new label. */
  async write(entry: TokenCacheEntry, data: Uint8Array): Promise<boolean> {
    const content = packRecord({ entry, data });
    await this.#cache.write(content);
    this.#unpacked = { content, record: { entry, data } };
    const isKnown = this.#indexed?.key === entry.key && this.#indexed.label === entry.label;
    this.#indexed = entry;
    return !isKnown;
  }

  remove(): Promise<void> {
    return this.#cache.clear();
  }

  withLock<T>(work: () => Promise<T>, options?: { readonly signal?: AbortSignal }): Promise<T> {
    return this.#cache.withLock(work, options);
  }
}
