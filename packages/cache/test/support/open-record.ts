import { persistentTokenCache, type PersistentTokenCacheOptions } from "../../src/persistent-token-cache.ts";
import { oneRecord, type OneRecord } from "./one-record.ts";

/** A persistent token cache as if one record were all there is. */
export function openRecord(options: PersistentTokenCacheOptions): OneRecord {
  return oneRecord(persistentTokenCache(options));
}
