import { clearedMeanwhile } from "./cleared-meanwhile.ts";
import { KeyTurns } from "./key-turns.ts";
import type { TokenCacheEntry, TokenCacheStore } from "./token-cache-store.ts";

/** The records of a store in memory. */
export class MemoryRecords implements TokenCacheStore {
  readonly #records = new Map<string, { readonly entry: TokenCacheEntry; readonly data: Uint8Array }>();
  readonly #turns = new KeyTurns();
  /** The keys whose locks are held, each with whether all was removed since. */
  readonly #accesses = new Map<string, boolean>();
  // Credentials of one copy of this package ask once in any case; those of another copy come to it by the store alone.
  readonly #prompts = new KeyTurns();

  async read(key: string): Promise<Uint8Array | undefined> {
    return this.#records.get(key)?.data;
  }

  async list(): Promise<readonly TokenCacheEntry[]> {
    return Array.from(this.#records.values(), ({ entry }) => entry);
  }

  async write(key: string, data: Uint8Array, label?: string): Promise<void> {
    if (this.#accesses.get(key)) throw clearedMeanwhile();
    const entry = Object.freeze(label === undefined ? { key } : { key, label });
    this.#records.set(key, { entry, data: Uint8Array.from(data) });
  }

  async remove(key: string): Promise<void> {
    this.#records.delete(key);
  }

  async clear(): Promise<void> {
    this.#records.clear();
    for (const key of this.#accesses.keys()) this.#accesses.set(key, true);
  }

  withLock<T>(key: string, work: () => Promise<T>, { signal }: LockOptions = {}): Promise<T> {
    const access = async (): Promise<T> => {
      this.#accesses.set(key, false);
      try {
        return await work();
      } finally {
        this.#accesses.delete(key);
      }
    };
    return this.#turns.run(key, access, signal);
  }

  withPromptLock<T>(
    key: string,
    work: () => Promise<T>,
    { signal, onHeld }: PromptLockOptions = {},
  ): Promise<T> {
    return this.#prompts.run(key, work, signal, onHeld);
  }
}

type LockOptions = NonNullable<Parameters<TokenCacheStore["withLock"]>[2]>;
type PromptLockOptions = NonNullable<Parameters<NonNullable<TokenCacheStore["withPromptLock"]>>[2]>;
