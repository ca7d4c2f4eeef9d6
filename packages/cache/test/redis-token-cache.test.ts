import { describeTokenCacheStore } from "@entrada/core/testing";
import { randomBytes, randomUUID } from "node:crypto";
import { describe, expect, test } from "vitest";
import { expectWithin, timeOf } from "../../../tools/measure/expect-within.ts";
import { createClient as createClient6 } from "redis";
import { createClient as createClient4 } from "redis-4";
import { createClient as createClient5 } from "redis-5";
import type { CacheWarning } from "../src/cache-warning.ts";
import { GivenKey } from "../src/redis/given-key.ts";
import { redisTokenCache, type RedisClient, type RedisTokenCacheOptions } from "../src/redis.ts";
import { bytes, failureOf, save, text } from "./support/cache-fixture.ts";
import { recordName } from "../src/sealed/record-name.ts";
import { oneRecord, RECORD_KEY } from "./support/one-record.ts";
import { describeOnRedis } from "./support/describe-on-redis.ts";
import { startRedisServer } from "./support/redis-server.ts";
import { sealWhole } from "./support/seal-whole.ts";
import { describeStore } from "./support/store-contract.ts";

const KEY = randomBytes(32);

describeOnRedis("redisTokenCache", ({ program, server, client }) => {
  const place = (using: () => RedisClient = () => client) => {
    const name = randomUUID();
    const warnings: CacheWarning[] = [];
    const record = recordName(new GivenKey(KEY, name).dataKey, RECORD_KEY);
    return {
      name,
      warnings,
      content: `entrada:{${name}}:record:${record}`,
      lease: `entrada:{${name}}:lease:${record}`,
      corrupt: `entrada:{${name}}:corrupt:${record}`,
      open: (options: Partial<RedisTokenCacheOptions> = {}) =>
        oneRecord(
          redisTokenCache({
            client: using(),
            name,
            key: KEY,
            onWarning: (said) => warnings.push(said),
            ...options,
          }),
        ),
    };
  };

  describeTokenCacheStore("redisTokenCache", () => {
    const { open } = place();
    return { open: () => open().store };
  });
  describeStore("redisTokenCache", () => Promise.resolve(place().open));

  describe.each([
    ["4", () => createClient4({ socket: { path: server.path } })],
    ["5", () => createClient5({ socket: { path: server.path, tls: false } })],
  ] as const)("with version %s of the package redis", (_, create) => {
    test("saves and reads", async () => {
      const other = create();
      await other.connect();
      const { open } = place(() => other);
      const cache = open();
      await save(cache, "content");
      expect(text(await open().read())).toBe("content");
      expect(await cache.read()).toBe(await cache.read());
      await cache.clear();
      expect(await open().read()).toBeUndefined();
      await other.disconnect();
    });
  });

  test("the server holds nothing in clear", async () => {
    const { open, content } = place();
    await save(open(), "secret-marker");
    const value = (await client.get(content))!;
    expect(Buffer.from(value, "base64").includes("secret-marker")).toBe(false);
  });

  test("after a lost lease nothing is overwritten", async () => {
    const { open, lease } = place();
    const [slow, quick] = [open(), open()];
    await save(slow, "old");
    const access = slow.withLock(async () => {
      await slow.read();
      await client.del(lease);
      await save(quick, "new");
      await slow.write(bytes("stale"));
    });
    expect(await failureOf(access)).toMatchObject({ detail: "cache_locked", retryable: true });
    expect(text(await open().read())).toBe("new");
    await save(slow, "goes on");
  });

  test("without its lease nothing is changed, though nobody else has changed anything", async () => {
    const { open, lease, content, corrupt } = place();
    const cache = open();
    await save(cache, "kept");
    const before = await client.get(content);
    const damage = async (): Promise<void> => void (await client.setRange(content, 0, "!!!!"));
    const changes = [
      () => cache.write(bytes("stale")),
      () => cache.store.remove(RECORD_KEY),
      () => damage().then(() => cache.read()),
    ];
    for (const change of changes) {
      for (const other of [undefined, "of somebody else"]) {
        const access = cache.withLock(async () => {
          await cache.read();
          await (other ? client.set(lease, other, { PX: 60_000 }) : client.del(lease));
          await change();
        });
        expect(await failureOf(access)).toMatchObject({ detail: "cache_locked", retryable: true });
        expect(await client.strLen(content)).toBe(before!.length);
        expect(await client.exists(corrupt)).toBe(0);
        await client.set(content, before!);
        await client.del(lease);
      }
    }
  });

  test("nor after a change by somebody who respects no lease", async () => {
    const { open, content } = place();
    const cache = open();
    await save(cache, "one");
    const older = (await client.get(content))!;
    await save(cache, "two");
    const access = cache.withLock(async () => {
      await cache.read();
      await client.set(content, older);
      await cache.write(bytes("three"));
    });
    expect(await failureOf(access)).toMatchObject({ detail: "cache_locked" });
    expect(text(await open().read())).toBe("one");
  });

  test("a release leaves somebody else's lease alone", async () => {
    const { open, lease } = place();
    const cache = open();
    await cache.withLock(async () => {
      await client.set(lease, "somebody else");
    });
    expect(await client.get(lease)).toBe("somebody else");
  });

  test("a living owner keeps its lease for longer than one takes", async () => {
    const { open, lease } = place();
    const cache = open({ leaseInMs: 2000 });
    await cache.withLock(async () => {
      const token = await client.get(lease);
      // Blocks on the server for longer than a lease; the event loop, which renews, stays free.
      await client
        .duplicate()
        .connect()
        .then(async (other) => {
          await other.blPop(`${lease}:never`, 2.5);
          other.destroy();
        });
      expect(await client.get(lease)).toBe(token);
    });
    expect(await client.get(lease)).toBeNull();
  });

  test("the lease of an owner that is gone runs out", async () => {
    const { open, lease } = place();
    await expectWithin(1500, async () => {
      await client.set(lease, "gone", { PX: 200 });
      return timeOf(() => save(open(), "content"));
    });
  });

  test("what is damaged is put aside, at most three times, and the cache goes on", async () => {
    const { open, content, corrupt, warnings } = place();
    const cache = open();
    for (let round = 0; round < 4; round++) {
      await client.set(content, `junk ${round}`);
      expect(await cache.read()).toBeUndefined();
    }
    expect(await client.lRange(corrupt, 0, -1)).toEqual(["junk 3", "junk 2", "junk 1"]);
    expect(warnings.map(({ code }) => code)).toEqual(["cache_corrupt"]);
    await save(cache, "anew");
    expect(text(await open().read())).toBe("anew");
    await cache.clear();
    expect(await client.exists([content, corrupt])).toBe(0);
  });

  test("a value with one other bit, and one that is not encrypted, are put aside", async () => {
    const { open, content, corrupt } = place();
    await save(open(), "content");
    const value = Buffer.from((await client.get(content))!, "base64");
    value.writeUInt8(value.readUInt8(70) ^ 1, 70);
    await client.set(content, value.toString("base64"));
    expect(await open().read()).toBeUndefined();
    await client.set(content, sealWhole(bytes("planted"), undefined, 1n).file.toString("base64"));
    expect(await open().read()).toBeUndefined();
    expect(await client.lLen(corrupt)).toBe(2);
  });

  test("another key, or the value of another cache, is refused and left alone", async () => {
    const { open, content } = place();
    const other = place();
    await save(open(), "content");
    const before = (await client.get(content))!;
    const stranger = open({ key: randomBytes(32) });
    for (const call of [() => save(stranger, "lost"), () => stranger.read(), () => stranger.store.list()]) {
      expect(await failureOf(call())).toMatchObject({ detail: "cache_unreadable" });
    }
    expect(await client.get(content)).toBe(before);
    await client.set(other.content, before);
    expect(await failureOf(other.open().read())).toMatchObject({ detail: "cache_unreadable" });
  });

  test("a key that holds something else is refused", async () => {
    const { open, content } = place();
    await client.lPush(content, "item");
    expect(await failureOf(open().read())).toMatchObject({ detail: "cache_not_regular" });
    expect(await failureOf(save(open(), "x"))).toMatchObject({ detail: "cache_not_regular" });
    expect(await client.lLen(content)).toBe(1);
  });

  test("a server that is gone is typed for every call, also within an access", async () => {
    const doomed = await startRedisServer(program);
    const other = createClient6({ socket: { path: doomed.path, tls: false, reconnectStrategy: false } });
    other.on("error", () => {});
    await other.connect();
    const cache = place(() => other).open({ commandTimeoutInMs: 4000 });
    await save(cache, "kept");
    const access = cache.withLock(async () => {
      await cache.read();
      await doomed.stop();
      await cache.write(bytes("lost"));
    });
    expect(await failureOf(access)).toMatchObject({ code: "cache", detail: "cache_unwritable" });
    expect(await failureOf(cache.read())).toMatchObject({ code: "cache", detail: "cache_unreadable" });
    expect(await failureOf(cache.withLock(() => Promise.resolve()))).toMatchObject({
      detail: "cache_unwritable",
    });
  });
});

test("a client that never answers is given up after the limit", async () => {
  const client = { eval: () => new Promise<never>(() => {}) };
  const cache = oneRecord(redisTokenCache({ client, name: "test", key: KEY, commandTimeoutInMs: 30 }));
  expect(await failureOf(cache.read())).toMatchObject({ code: "cache", detail: "cache_unreadable" });
});
