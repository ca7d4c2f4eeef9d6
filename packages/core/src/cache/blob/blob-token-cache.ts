import { invalidOption } from "../../errors/invalid-option.ts";
import { LoadOnce } from "../../load-once.ts";
import { lazyTokenCache } from "../lazy-token-cache.ts";
import type { TokenCacheBlob } from "./token-cache-blob.ts";
import type { TokenCacheStore } from "../token-cache-store.ts";

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
  const store = lazyTokenCache(
    new LoadOnce(async () => {
      const { BlobRecords } = await import("../records.ts");
      return new BlobRecords(blob);
    }),
  );
  return {
    ...store,
    ...(blob.watchWarnings && { watchWarnings: (listener) => blob.watchWarnings!(listener) }),
  };
}
