import type { TokenCacheStore } from "@entrada/core";
import type { WarningListener } from "../cache-warning.ts";
import { defaultDirectory } from "../default-directory.ts";
import type { CacheKey } from "../keys/cache-key.ts";
import { cacheKeyOfEnvironment } from "../keys/cache-key-of-environment.ts";
import { DataKeys, type Protection } from "../keys/data-keys.ts";
import type { KeyItem, KeyStore } from "../keys/key-store.ts";
import { limitedKeyStore } from "../keys/limited-key-store.ts";
import { platformKeyStore } from "../keys/platform-key-store.ts";
import { SealedTokenCache } from "../sealed/sealed-token-cache.ts";
import { cachePath, type CachePath } from "./cache-path.ts";
import { FilePlace } from "./file-place.ts";
import { folderPath, type FolderPath } from "./folder-path.ts";
import { FileRecords } from "./file-records.ts";

/** The options of a persistent token cache, checked. */
export interface FileCacheSettings {
  readonly name: string;
  readonly protection: Protection;
  readonly directory: string | undefined;
  readonly warn: WarningListener;
  readonly lockTimeoutInMs: number;
  readonly keyStore: ((item: KeyItem) => KeyStore) | undefined;
  readonly key: CacheKey | undefined;
}

const KEY_STORE_LIMIT_IN_MS = 10_000;
const SERVICE = "Entrada token cache";

/** Puts file, lock, key and seal together. Touches nothing yet. */
export function openFileCache(settings: FileCacheSettings): TokenCacheStore {
  const { name, protection, directory, warn, lockTimeoutInMs } = settings;
  const key = settings.key ?? (settings.keyStore ? undefined : cacheKeyOfEnvironment());
  const { keyStore = key ? () => givenKeyStore(key, folderPath(path()), warn) : platformKeyStore } = settings;
  let located: CachePath | undefined;
  const path = (): CachePath => (located ??= cachePath(name, directory, defaultDirectory));
  const openKeyStore = (): KeyStore =>
    limitedKeyStore(keyStore({ service: SERVICE, account: path().keyAccount }), KEY_STORE_LIMIT_IN_MS);
  // Who gives a key wants no cache without one.
  const keys = new DataKeys(openKeyStore, key ? "require" : protection, warn);
  const parts = { keys, warn, lockTimeoutInMs };
  const place = new FilePlace({ path, warn });
  let openedBefore: TokenCacheStore | undefined;
  const before = async (): Promise<TokenCacheStore> => {
    const { blobTokenCache } = await import("@entrada/core");
    return (openedBefore ??= blobTokenCache(new SealedTokenCache({ ...parts, place })));
  };
  const store = new FileRecords({ ...parts, path, before });
  const promptLock: TokenCacheStore["withPromptLock"] = async (key, work, options) => {
    const { withPromptLock } = await import("./changes.ts");
    return withPromptLock(await (await place.changes()).promptLock(key), work, options);
  };
  return Object.assign(store, { withPromptLock: promptLock });
}

/** What keeps the key in a file is loaded where there is one. */
function givenKeyStore(key: CacheKey, path: FolderPath, warn: WarningListener): KeyStore {
  const open = async (): Promise<KeyStore> => {
    const { wrappedKeyStore } = await import("../keys/wrapped-key-store.ts");
    const { keyFile } = await import("./key-file.ts");
    return wrappedKeyStore(key, keyFile(path), warn);
  };
  return {
    read: async (signal) => (await open()).read(signal),
    write: async (secret, signal) => (await open()).write(secret, signal),
    remove: async (signal) => (await open()).remove(signal),
  };
}
