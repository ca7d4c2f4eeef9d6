import type { RedisScript } from "./redis-commands.ts";
import { KEEP, NOTE } from "./record-scripts.ts";

/** Keys: head, content of an earlier version. */
export const LOOK_BEFORE: RedisScript = {
  fault: "cache_unreadable",
  script: `
  local head = redis.call("GET", KEYS[1])
  if head then return {"head", head} end
  return {redis.call("EXISTS", KEYS[2]) == 1 and "before" or "none"}`,
};

/**
 * Keys: lease, record, index. Values: the lease's token, the record, its lifetime in ms or 0, its name, what is sealed
 * of it for the index. In a complete index, of which only the head was lost, a record that is there is newer; else it
 * is from a move that did not end.
 */
export const MOVE_RECORD: RedisScript = {
  fault: "cache_unwritable",
  script: `${NOTE}
  if redis.call("GET", KEYS[1]) ~= ARGV[1] then return "lease lost" end
  if redis.call("HEXISTS", KEYS[3], "complete") == 1 and redis.call("EXISTS", KEYS[2]) == 1 then return "done" end
  redis.call("SET", KEYS[2], ARGV[2])
  if tonumber(ARGV[3]) > 0 then redis.call("PEXPIRE", KEYS[2], ARGV[3]) end
  note(KEYS[3], ARGV[4], ARGV[5])
  return "done"`,
};

/**
 * Keys: lease, head, index, content of an earlier version. Values: the lease's token, the head, a lifetime in ms or 0.
 * From here on the records count. The earlier content goes in its time, unless such a version saves it anew.
 */
export const FINISH_MOVE: RedisScript = {
  fault: "cache_unwritable",
  script: `${KEEP}
  if redis.call("GET", KEYS[1]) ~= ARGV[1] then return "lease lost" end
  local lifetime = tonumber(ARGV[3])
  redis.call("SET", KEYS[2], ARGV[2])
  redis.call("HSET", KEYS[3], "complete", 1)
  keep(KEYS[2], true, lifetime)
  keep(KEYS[3], true, lifetime)
  if lifetime > 0 then redis.call("PEXPIRE", KEYS[4], lifetime) end
  return "done"`,
};
