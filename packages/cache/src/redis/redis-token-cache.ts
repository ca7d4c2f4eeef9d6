import type { TokenCacheStore } from "@entrada/core";
import { check, invalidOption, type KnownNames } from "@entrada/core/credential";
import { checkCacheName } from "../cache-name.ts";
import { CacheWarnings, emitProcessWarning, type WarningListener } from "../cache-warning.ts";
import { cacheHead } from "./cache-head.ts";
import { GivenKey } from "./given-key.ts";
import { RedisCommands, type RedisClient } from "./redis-commands.ts";
import { redisNames } from "./redis-names.ts";
import { RedisRecords } from "./redis-records.ts";

export interface RedisTokenCacheOptions {
  /**
   * A connected client, or a cluster's, of the package `redis`, version 4, 5 or 6. It stays the caller's: it is never
   * closed here.
   */
  client: RedisClient;
  /**
   * Tells this cache from others on the same server: all that use the same name and key share one. 1 to 64 letters,
   * digits, dots, underscores or hyphens.
   */
  name: string;
  /** 32 random bytes, kept where the server cannot see them: what is stored is encrypted with a key made from them. */
  key: Uint8Array;
  /**
   * How long a call waits for another that is using the same account, in ms.
   * @defaultValue 10_000
   */
  lockTimeoutInMs?: number | undefined;
  /**
   * How long after a process has gone the others wait for it, in ms. A living one renews its lease in time.
   * @defaultValue 5_000
   */
  leaseInMs?: number | undefined;
  /**
   * How long one command to the server may take, in ms.
   * @defaultValue 10_000
   */
  commandTimeoutInMs?: number | undefined;
  /**
   * How long an account stays in the cache that nobody has used, in ms; `Infinity`: for ever. A refresh token that was
   * not used for 90 days is of no use any more.
   * @defaultValue 7_776_000_000
   */
  accountLifetimeInMs?: number | undefined;
  /**
   * Called, once for each code, for what does not fail a call but should be known.
   * @defaultValue `process.emitWarning`
   */
  onWarning?: WarningListener | undefined;
}

const KEY_LENGTH = 32;
const LOCK_TIMEOUT_IN_MS = 10_000;
const LEASE_IN_MS = 5_000;
const COMMAND_TIMEOUT_IN_MS = 10_000;
const ACCOUNT_LIFETIME_IN_MS = 90 * 24 * 60 * 60 * 1000;
const LONGEST_LIFETIME_IN_MS = 100 * 365 * 24 * 60 * 60 * 1000;
const OPTIONS: KnownNames<RedisTokenCacheOptions> = {
  client: true,
  name: true,
  key: true,
  lockTimeoutInMs: true,
  leaseInMs: true,
  commandTimeoutInMs: true,
  accountLifetimeInMs: true,
  onWarning: true,
};

/**
 * A token cache on a Redis or Valkey server that processes on several machines share. It is encrypted with
 * AES-256-GCM before it leaves the process. Each account is a key of its own; a save is a compare-and-set, so that
 * none overwrites what it has not read. Nothing is sent before the first token request.
 * @throws TypeError for a wrong option; detail "invalid_cache_name" for the name.
 */
export function redisTokenCache(options: RedisTokenCacheOptions): TokenCacheStore {
  check.names("options", options ?? {}, OPTIONS);
  const name = checkCacheName(options?.name);
  const { client, key, onWarning } = options;
  if (typeof client?.eval !== "function")
    throw invalidOption("client", "a client of the package redis", client);
  if (!(key instanceof Uint8Array) || key.length !== KEY_LENGTH) {
    throw invalidOption("key", `a Uint8Array of ${KEY_LENGTH} bytes`);
  }
  if (onWarning !== undefined && typeof onWarning !== "function") {
    throw invalidOption("onWarning", "a function", onWarning);
  }
  const { lockTimeoutInMs = LOCK_TIMEOUT_IN_MS, leaseInMs = LEASE_IN_MS } = options;
  const { commandTimeoutInMs = COMMAND_TIMEOUT_IN_MS, accountLifetimeInMs = ACCOUNT_LIFETIME_IN_MS } =
    options;
  check.milliseconds("lockTimeoutInMs", lockTimeoutInMs);
  check.milliseconds("leaseInMs", leaseInMs);
  check.milliseconds("commandTimeoutInMs", commandTimeoutInMs);
  if (typeof accountLifetimeInMs !== "number" || !(accountLifetimeInMs >= 1)) {
    throw invalidOption("accountLifetimeInMs", "a number of milliseconds, or Infinity", accountLifetimeInMs);
  }
  const warnings = new CacheWarnings(onWarning ?? emitProcessWarning);
  const keys = new GivenKey(key, name);
  const store = new RedisRecords({
    commands: new RedisCommands(client, commandTimeoutInMs),
    names: redisNames(name),
    keys,
    head: cacheHead(keys.dataKey),
    warn: warnings.warn,
    lockTimeoutInMs,
    leaseInMs: Math.ceil(leaseInMs),
    // The server counts in a number of 64 bits; what is longer than a lifetime is for ever.
    lifetimeInMs: accountLifetimeInMs > LONGEST_LIFETIME_IN_MS ? 0 : Math.ceil(accountLifetimeInMs),
  });
  return Object.assign(store, { watchWarnings: warnings.watch });
}
