export type { CacheWarning, WarningListener } from "../cache-warning.ts";
export type { RedisClient } from "./redis-commands.ts";
export { redisTokenCache, type RedisTokenCacheOptions } from "./redis-token-cache.ts";
