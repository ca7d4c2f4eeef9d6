import { KeyTurns } from "../cache/key-turns.ts";
import type { TokenCacheBlob } from "../cache/blob/token-cache-blob.ts";

/** One piece of content in memory; each call opens another handle on it. */
export function blobInMemory(): () => TokenCacheBlob {
  const turns = new KeyTurns();
  let content: Uint8Array | undefined;
  return () => {
    let isInside = false;
    const withLock: TokenCacheBlob["withLock"] = (work, { signal } = {}) => {
      const inside = async (): ReturnType<typeof work> => {
        isInside = true;
        try {
          return await work();
        } finally {
          isInside = false;
        }
      };
      return turns.run("", inside, signal);
    };
    const empty = async (): Promise<void> => void (content = undefined);
    return {
      read: async () => content,
      write: async (data) => void (content = Uint8Array.from(data)),
      clear: () => (isInside ? empty() : withLock(empty)),
      withLock,
    };
  };
}
