export type { CacheWarning, WarningListener } from "./cache-warning.ts";
export type { RedisClient, ScriptArguments } from "./redis/redis-commands.ts";
export { redisTokenCache, type RedisTokenCacheOptions } from "./redis/redis-token-cache.ts";
