import type { CacheKey } from "./cache-key.ts";

/** What the environment says, for programs that say nothing. */
export function cacheKeyOfEnvironment(environment: NodeJS.ProcessEnv = process.env): CacheKey | undefined {
  const { ENTRADA_CACHE_KEY_FILE: file, ENTRADA_CACHE_PASSPHRASE: passphrase } = environment;
  if (file) return { file };
  return passphrase ? { passphrase } : undefined;
}
