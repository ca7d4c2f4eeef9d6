export type { CacheWarning, WarningListener } from "./cache-warning.ts";
export type { CacheKey } from "./keys/cache-key.ts";
export type { Protection } from "./keys/data-keys.ts";
export type { KeyItem, KeyStore } from "./keys/key-store.ts";
export { readMsalCache } from "./msal/read-msal-cache.ts";
export type { ReadMsalCacheOptions } from "./msal/read-msal-cache-options.ts";
export type { UnprotectData } from "./msal/unprotect-data.ts";
export { persistentTokenCache, type PersistentTokenCacheOptions } from "./persistent-token-cache.ts";
