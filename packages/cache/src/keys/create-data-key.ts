import { cacheError } from "../cache-error.ts";
import { newDataKey, serializeDataKey, type DataKey } from "../sealed/data-key.ts";
import type { KeyStore } from "./key-store.ts";

/** Makes a key and has it kept. @throws AuthenticationError `cache`, `cache_unreadable` where it was not kept. */
export async function createDataKey(store: KeyStore): Promise<DataKey> {
  const key = newDataKey();
  const text = serializeDataKey(key);
  await store.write(text);
  // Some stores accept what they then do not keep; a file sealed with a lost key would be lost with it.
  if ((await store.read()) === text) return key;
  throw cacheError(
    "cache_unreadable",
    "The keyring did not keep the key of the token cache",
    "Check that it works, or pass `key`",
  );
}
