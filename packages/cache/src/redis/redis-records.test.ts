import { expect, test } from "vitest";
import { FIXED_KEY } from "../../test/support/fixed-key-store.ts";
import { scriptedRedis } from "../../test/support/scripted-redis.ts";
import { cacheHead } from "./cache-head.ts";
import { GivenKey } from "./given-key.ts";
import { REMOVE_KEYS, SCAN_KEYS } from "./index-scripts.ts";
import { redisNames } from "./redis-names.ts";
import { RedisRecords } from "./redis-records.ts";

test("all leases are gone before a record is removed, in whatever order the server has its keys", async () => {
  const names = redisNames("test");
  const present = new Set([names.record("a"), names.lease("a"), names.head, names.before.lease, names.index]);
  const removed: string[] = [];
  const { commands } = scriptedRedis([
    // One key in each answer; what was told is removed before the next.
    [
      SCAN_KEYS,
      (_, [, start = ""]) => {
        const [key, ...more] = [...present].filter((each) => each.startsWith(start));
        return [more.length > 0 ? "1" : "0", ...(key ? [key] : [])];
      },
    ],
    [
      REMOVE_KEYS,
      (keys) => {
        removed.push(...keys);
        for (const key of keys) present.delete(key);
        return "done";
      },
    ],
  ]);
  const keys = new GivenKey(FIXED_KEY.bytes, "test");
  const store = new RedisRecords({
    commands,
    names,
    keys,
    head: cacheHead(keys.dataKey),
    warn: () => {},
    lockTimeoutInMs: 1000,
    leaseInMs: 1000,
    lifetimeInMs: 0,
  });
  await store.clear();
  expect(removed.slice(0, 2).toSorted()).toEqual([names.before.lease, names.lease("a")].toSorted());
  expect(present).toEqual(new Set());
});
