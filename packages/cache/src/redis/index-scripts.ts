import type { RedisScript } from "./redis-commands.ts";
import { HEAD_LENGTH } from "./sealed-value.ts";

/** Records that were removed, or have expired, are named by the index until there are so many of them. */
export const MOST_GONE = 1000;

/**
 * What has changed in the index since it was known. First whose records are gone, expired or evicted: the index is not
 * believed alone. Keys: head, index, content of an earlier version. Values: the head, with what the records' keys
 * begin, the known edition and number, an edition to begin if that is needed.
 */
export const READ_INDEX: RedisScript = {
  fault: "cache_unreadable",
  script: `
  local head = redis.call("GET", KEYS[1])
  if head and head ~= ARGV[1] then return {"head", head} end
  if not head and redis.call("EXISTS", KEYS[3]) == 1 then return {"before"} end
  local names, gone = {}, {}
  for _, name in ipairs(redis.call("HKEYS", KEYS[2])) do
    if #name == 40 then names[#names + 1] = name end
  end
  for first = 1, #names, 1000 do
    local keys = {}
    for i = first, math.min(first + 999, #names) do keys[#keys + 1] = ARGV[2] .. names[i] end
    if redis.call("EXISTS", unpack(keys)) < #keys then
      for i, key in ipairs(keys) do
        if redis.call("EXISTS", key) == 0 then gone[#gone + 1] = names[first + i - 1] end
      end
    end
  end
  for _, name in ipairs(gone) do
    if string.sub(redis.call("HGET", KEYS[2], name), -1) ~= " " then
      redis.call("HSET", KEYS[2], name, redis.call("HINCRBY", KEYS[2], "#", 1) .. " ")
    end
  end
  if #gone > ${MOST_GONE} then
    for _, name in ipairs(gone) do redis.call("HDEL", KEYS[2], name) end
    redis.call("HDEL", KEYS[2], "edition")
  end
  local edition = redis.call("HGET", KEYS[2], "edition")
  if not edition then
    edition = ARGV[5]
    if #names > 0 then redis.call("HSET", KEYS[2], "edition", edition) end
  end
  local number = redis.call("HGET", KEYS[2], "#") or "0"
  local isKnown = edition == ARGV[3]
  local answer = {
    isKnown and "changes" or "all", edition, number, redis.call("HGET", KEYS[2], "complete") or "0"
  }
  if isKnown and number == ARGV[4] then return answer end
  local known = isKnown and tonumber(ARGV[4]) or -1
  for first = 1, #names, 1000 do
    local fields = {}
    for i = first, math.min(first + 999, #names) do fields[#fields + 1] = names[i] end
    for i, entry in ipairs(redis.call("HMGET", KEYS[2], unpack(fields))) do
      local number, sealed = string.match(entry or "", "^(%d+) (.*)$")
      if entry and not number then number, sealed = known + 1, "unknown" end
      if number and tonumber(number) > known then
        if sealed == "" and redis.call("EXISTS", ARGV[2] .. fields[i]) == 1 then sealed = "unknown" end
        answer[#answer + 1] = fields[i]
        answer[#answer + 1] = sealed
      end
    end
  end
  return answer`,
};

/** Keys: index, content of an earlier version. */
export const READ_REVISION: RedisScript = {
  fault: "cache_unreadable",
  script: `
  return {
    redis.call("HGET", KEYS[1], "#") or "",
    redis.call("GETRANGE", KEYS[2], 0, ${HEAD_LENGTH - 1})
  }`,
};

/** Keys: one of the cache's, for its place in a cluster. Values: where to go on, with what the keys begin. */
export const SCAN_KEYS: RedisScript = {
  fault: "cache_unreadable",
  script: `
  local found = redis.call("SCAN", ARGV[1], "MATCH", ARGV[2] .. "*", "COUNT", 1000)
  table.insert(found[2], 1, found[1])
  return found[2]`,
};

/** Keys: those of records. */
export const READ_RECORDS: RedisScript = {
  fault: "cache_unreadable",
  script: `
  local values = redis.call("MGET", unpack(KEYS))
  for i, value in ipairs(values) do values[i] = value or "" end
  return values`,
};

/** Keys: the index, the head. Once all that is there was looked at. */
export const COMPLETE_INDEX: RedisScript = {
  fault: "cache_unwritable",
  script: `
  if redis.call("EXISTS", KEYS[1], KEYS[2]) > 0 then redis.call("HSET", KEYS[1], "complete", 1) end
  return "done"`,
};

/** Keys: those to remove. */
export const REMOVE_KEYS: RedisScript = {
  fault: "cache_unwritable",
  script: `
  redis.call("DEL", unpack(KEYS))
  return "done"`,
};
