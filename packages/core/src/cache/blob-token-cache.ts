import { invalidOption } from "../errors/invalid-option.ts";
import { LoadOnce } from "../load-once.ts";
import { KeyTurns } from "./key-turns.ts";
import type { TokenCacheBlob } from "./token-cache-blob.ts";
import type { TokenCacheStore } from "./token-cache-store.ts";

const METHODS = ["read", "write", "clear", "withLock"] as const;

/**
 * A token cache in a place that holds one piece of content: a file, a row, a secret of somebody's vault. All records
 * stand in it together, so that each save reads and writes all of them: for a few accounts that costs nothing.
 * @throws TypeError that names the methods, for a place that lacks one
 */
export function blobTokenCache(blob: TokenCacheBlob): TokenCacheStore {
  const given = blob as Partial<TokenCacheBlob> | undefined;
  if (METHODS.some((name) => typeof given?.[name] !== "function")) {
    throw invalidOption("blob", `an object with the methods ${METHODS.join(", ")}`, blob ?? null);
  }
  // How records stand in a content is read by the first call: who imports this package seldom needs it.
  const opened = new LoadOnce(async () => {
    const { BlobRecords } = await import("./blob-records.ts");
    return new BlobRecords(blob);
  });
  // A blob has one lock for a moment, and none for as long as a person takes: those of this process ask in turns.
  const prompts = new KeyTurns();
  return {
    read: async (key) => (await opened.get()).read(key),
    list: async () => (await opened.get()).list(),
    write: async (key, data, label) => (await opened.get()).write(key, data, label),
    remove: async (key) => (await opened.get()).remove(key),
    clear: async () => (await opened.get()).clear(),
    withLock: async (key, work, options) => (await opened.get()).withLock(key, work, options),
    withPromptLock: (key, work, { signal, onHeld } = {}) => prompts.run(key, work, signal, onHeld),
    ...(blob.watchWarnings && { watchWarnings: (listener) => blob.watchWarnings!(listener) }),
  };
}
