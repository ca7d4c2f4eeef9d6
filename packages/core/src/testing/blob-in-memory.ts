import { KeyTurns } from "../cache/key-turns.ts";
import type { TokenCacheBlob } from "../cache/blob/token-cache-blob.ts";

/** One piece of content in memory; each call opens another handle on it. */
export function blobInMemory(): () => TokenCacheBlob {
  const turns = new KeyTurns();
  let content: Uint8Array | undefined;
  return () => ({
    read: async () => content,
    write: async (data) => void (content = Uint8Array.from(data)),
    clear: async () => void (content = undefined),
    withLock: (work, { signal } = {}) => turns.run("", work, signal),
  });
}
