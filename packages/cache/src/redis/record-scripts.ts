import type { RedisScript } from "./redis-commands.ts";
import { HEAD_LENGTH } from "./sealed-value.ts";

/*
 * What is done to one record, each in one step. Every change names the lease and the content it rests on, so that it
 * is refused when either is gone. In the index a field is a record's name, its value a number, which grows with each
 * change, and what is sealed of it: nothing, after a space, once the record is gone.
 */

const KEPT_CORRUPT_VALUES = 3;

export const NOTE = `
  local function note(index, name, entry)
    redis.call("HSET", index, name, redis.call("HINCRBY", index, "#", 1) .. " " .. entry)
  end`;
const FORGET = `${NOTE}
  local function forget(index, name)
    if redis.call("HEXISTS", index, name) == 1 then note(index, name, "") end
  end`;
export const KEEP = `
  local function keep(key, isNew, lifetime)
    local left = redis.call("PTTL", key)
    if lifetime == 0 then redis.call("PERSIST", key)
    elseif isNew or (left >= 0 and left < lifetime) then redis.call("PEXPIRE", key, lifetime) end
  end`;

/** Keys: head, record, content of an earlier version. Values: the expected head, how the known record begins. */
export const LOAD_RECORD: RedisScript = {
  fault: "cache_unreadable",
  script: `
  local head = redis.call("GET", KEYS[1])
  if head and head ~= ARGV[1] then return {"head", head} end
  if not head and redis.call("EXISTS", KEYS[3]) == 1 then return {"before"} end
  if ARGV[2] ~= "" and redis.call("GETRANGE", KEYS[2], 0, ${HEAD_LENGTH - 1}) == ARGV[2] then return {"known"} end
  local value = redis.call("GET", KEYS[2])
  if value then return {"record", value} end
  return {"none"}`,
};

/**
 * Keys: head, record, lease, index, content of an earlier version. Values: the head, the lease's token, how the
 * replaced record begins, the new one, its lifetime in ms or 0, its name, what the index is to say of it or nothing if
 * it says so already. Without a head and all else, this begins a new cache, whose index is complete.
 */
export const REPLACE_RECORD: RedisScript = {
  fault: "cache_unwritable",
  script: `${NOTE}${KEEP}
  if redis.call("GET", KEYS[3]) ~= ARGV[2] then return "lease lost" end
  local head = redis.call("GET", KEYS[1])
  if head and head ~= ARGV[1] then return "head" end
  if not head and redis.call("EXISTS", KEYS[5]) == 1 then return "before" end
  if redis.call("GETRANGE", KEYS[2], 0, ${HEAD_LENGTH - 1}) ~= ARGV[3] then return "changed" end
  local indexed = redis.call("HGET", KEYS[4], ARGV[6])
  if ARGV[7] == "" and (not indexed or string.sub(indexed, -1) == " ") then return "index" end
  local lifetime = tonumber(ARGV[5])
  local hasIndex = redis.call("EXISTS", KEYS[4]) == 1
  if not head then
    redis.call("SET", KEYS[1], ARGV[1])
    if not hasIndex and ARGV[3] == "" then redis.call("HSET", KEYS[4], "complete", 1) end
  end
  redis.call("SET", KEYS[2], ARGV[4])
  if ARGV[7] ~= "" then note(KEYS[4], ARGV[6], ARGV[7]) end
  if lifetime > 0 then redis.call("PEXPIRE", KEYS[2], lifetime) end
  keep(KEYS[1], not head, lifetime)
  keep(KEYS[4], not hasIndex, lifetime)
  return "done"`,
};

/** Keys: record, lease, index, damaged ones. Values: the lease's token, the record's name, a lifetime in ms or 0. */
export const PUT_RECORD_ASIDE: RedisScript = {
  fault: "cache_unwritable",
  script: `${FORGET}
  if redis.call("GET", KEYS[2]) ~= ARGV[1] then return "lease lost" end
  local value = redis.call("GET", KEYS[1])
  if value then
    redis.call("LPUSH", KEYS[4], value)
    redis.call("LTRIM", KEYS[4], 0, ${KEPT_CORRUPT_VALUES - 1})
    if tonumber(ARGV[3]) > 0 then redis.call("PEXPIRE", KEYS[4], ARGV[3]) end
    redis.call("DEL", KEYS[1])
  end
  forget(KEYS[3], ARGV[2])
  return "done"`,
};

/** Keys and values as of `PUT_RECORD_ASIDE`. */
export const REMOVE_RECORD: RedisScript = {
  fault: "cache_unwritable",
  script: `${FORGET}
  if redis.call("GET", KEYS[2]) ~= ARGV[1] then return "lease lost" end
  redis.call("DEL", KEYS[1], KEYS[4])
  forget(KEYS[3], ARGV[2])
  return "done"`,
};

/**
 * Adds records to the index that are there and that it does not name. Keys: index, then a record each. Values: a
 * lifetime in ms or 0, then a name and what is sealed of it, each.
 */
export const INDEX_RECORDS: RedisScript = {
  fault: "cache_unwritable",
  script: `${NOTE}${KEEP}
  local isNew = redis.call("EXISTS", KEYS[1]) == 0
  for i = 2, #KEYS do
    if redis.call("EXISTS", KEYS[i]) == 1 then note(KEYS[1], ARGV[2 * i - 2], ARGV[2 * i - 1]) end
  end
  if redis.call("EXISTS", KEYS[1]) == 1 then keep(KEYS[1], isNew, tonumber(ARGV[1])) end
  return "done"`,
};
