import type { TokenCacheBlob } from "@entrada/core";
import { LoadOnce } from "@entrada/core/credential";
import { isCacheError } from "../cache-error.ts";
import type { SealedChanges } from "./sealed-changes.ts";
import { SealedContent, type SealedTokenCacheParts } from "./sealed-content.ts";
import type { SealHeader } from "./sealed-format.ts";

/** A token cache of sealed content in a place that processes share. */
export class SealedTokenCache implements TokenCacheBlob {
  readonly #content: SealedContent;
  readonly #changes: LoadOnce<SealedChanges>;

  constructor(parts: SealedTokenCacheParts) {
    const content = new SealedContent(parts);
    this.#content = content;
    this.#changes = new LoadOnce(async () => {
      const { SealedChanges } = await import("./sealed-changes.ts");
      return new SealedChanges(content);
    });
  }

  /** The header of what was read or written last. */
  get header(): SealHeader | undefined {
    return this.#content.snapshot?.header;
  }

  async read(): Promise<Uint8Array | undefined> {
    const load = (): Promise<Uint8Array | undefined> => this.#content.alone(() => this.#content.load());
    try {
      return await load();
    } catch (error) {
      if (!isCacheError(error, "cache_corrupt")) throw error;
    }
    try {
      // Only the owner of the lock may move what is damaged: it could be something new by now.
      return await this.withLock(load);
    } catch (error) {
      // Somebody else is at it, or nothing can be moved: the cache is as good as empty all the same.
      if (isCacheError(error)) return undefined;
      throw error;
    }
  }

  async write(data: Uint8Array): Promise<void> {
    return (await this.#changes.get()).write(data);
  }

  async clear(): Promise<void> {
    return (await this.#changes.get()).clear();
  }

  async withLock<T>(work: () => Promise<T>, options?: { readonly signal?: AbortSignal }): Promise<T> {
    return (await this.#changes.get()).withLock(work, options);
  }
}
