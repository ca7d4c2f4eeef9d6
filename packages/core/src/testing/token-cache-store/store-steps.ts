import type { TokenCacheEntry, TokenCacheStore } from "../../cache/token-cache-store.ts";

/** One whole access: lock, read, write. */
export function save(store: TokenCacheStore, key: string, data: Uint8Array, label?: string): Promise<void> {
  return store.withLock(key, async () => {
    await store.read(key);
    await store.write(key, data, label);
  });
}

export function sorted(entries: readonly TokenCacheEntry[]): readonly TokenCacheEntry[] {
  return entries.toSorted((a, b) => (a.key < b.key ? -1 : 1));
}

export function text(value: string): Uint8Array {
  return new TextEncoder().encode(value);
}

export function decode(data: Uint8Array = new Uint8Array()): string {
  return new TextDecoder().decode(data);
}
