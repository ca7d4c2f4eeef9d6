import type { TokenCacheStore } from "@entrada/core";
import { LoadOnce, check, invalidOption, type KnownNames } from "@entrada/core/credential";
import { checkCacheName } from "./cache-name.ts";
import { CacheWarnings, emitProcessWarning, type WarningListener } from "./cache-warning.ts";
import { CACHE_KEY_FORMS, isCacheKey, type CacheKey } from "./keys/cache-key.ts";
import type { Protection } from "./keys/data-keys.ts";
import type { KeyItem, KeyStore } from "./keys/key-store.ts";
import { lazyTokenCache } from "@entrada/core/parts";

export interface PersistentTokenCacheOptions {
  /**
   * Tells this cache from others: caches of different names share nothing, neither file nor key. 1 to 64 letters,
   * digits, dots, underscores or hyphens.
   */
  name: string;
  /**
   * "require": where the platform has no keyring, nothing is stored, and `getToken` fails with detail
   * `cache_no_encryption`. "prefer": there the tokens are stored without encryption, in files that are only private to
   * the user, and a warning says so. With `key` neither is needed.
   * @defaultValue "require"
   */
  protection?: Protection | undefined;
  /**
   * What protects the cache where no keyring is to be asked: 32 random bytes as of `redisTokenCache`,
   * `{ passphrase }`, `{ file }` with at least 32 random bytes in it, `{ systemdCredential }` by its name, or
   * `{ tpm: true }` for this machine's TPM by `systemd-creds`.
   * @defaultValue the file that `ENTRADA_CACHE_KEY_FILE` names, else the passphrase in `ENTRADA_CACHE_PASSPHRASE`, else
   * the keyring
   */
  key?: CacheKey | undefined;
  /**
   * The folder of the cache file.
   * @defaultValue the platform's own: `%LOCALAPPDATA%\\Entrada`, `~/Library/Application Support/Entrada`,
   * `$XDG_STATE_HOME/entrada` or `~/.local/state/entrada`
   */
  directory?: string | undefined;
  /**
   * Called, once for each code, for what does not fail a call but should be known.
   * @defaultValue `process.emitWarning`
   */
  onWarning?: WarningListener | undefined;
  /**
   * How long a call waits for another process that is using the cache, in ms. A credential gives up on any store after
   * 12 s and goes on in memory.
   * @defaultValue 10_000
   */
  lockTimeoutInMs?: number | undefined;
  /**
   * Where the key of the cache is kept.
   * @defaultValue the Keychain, the Credential Manager or the Secret Service
   */
  keyStore?: ((item: KeyItem) => KeyStore) | undefined;
}

const LOCK_TIMEOUT_IN_MS = 10_000;
const OPTIONS: KnownNames<PersistentTokenCacheOptions> = {
  name: true,
  protection: true,
  key: true,
  directory: true,
  onWarning: true,
  lockTimeoutInMs: true,
  keyStore: true,
};

/**
 * A token cache on the disk of this machine that all processes of this user share. It is encrypted with
 * AES-256-GCM; the key is kept in the platform's keyring. Nothing is touched or loaded before the first token request.
 * @throws TypeError for a wrong option; detail "invalid_cache_name" for the name.
 */
export function persistentTokenCache(options: PersistentTokenCacheOptions): TokenCacheStore {
  check.names("options", options ?? {}, OPTIONS);
  const name = checkCacheName(options?.name);
  const { protection = "require", directory, onWarning, lockTimeoutInMs = LOCK_TIMEOUT_IN_MS } = options;
  if (protection !== "require" && protection !== "prefer") {
    throw invalidOption("protection", '"require" or "prefer"', protection);
  }
  if (directory !== undefined && (typeof directory !== "string" || !directory || directory.includes("\0"))) {
    throw invalidOption("directory", "the path of a folder", directory);
  }
  if (onWarning !== undefined && typeof onWarning !== "function") {
    throw invalidOption("onWarning", "a function", onWarning);
  }
  if (options.keyStore !== undefined && typeof options.keyStore !== "function") {
    throw invalidOption("keyStore", "a function", options.keyStore);
  }
  if (options.key !== undefined && !isCacheKey(options.key)) throw invalidOption("key", CACHE_KEY_FORMS);
  if (options.key !== undefined && options.keyStore !== undefined) {
    throw invalidOption("keyStore", "absent where `key` is given");
  }
  check.milliseconds("lockTimeoutInMs", lockTimeoutInMs);
  const warnings = new CacheWarnings(onWarning ?? emitProcessWarning);
  const store = lazyTokenCache(
    new LoadOnce(async () => {
      // The file, the lock and the keyring bring networks, processes and cryptography with them.
      const { openFileCache } = await import("./file/open-file-cache.ts");
      return openFileCache({
        name,
        protection,
        directory,
        warn: warnings.warn,
        lockTimeoutInMs,
        keyStore: options.keyStore,
        key: options.key,
      });
    }),
  );
  return { ...store, watchWarnings: warnings.watch };
}
