import { randomBytes, randomUUID } from "node:crypto";
import { describeTokenCacheStore } from "@entrada/core/testing";
import { createCluster as createCluster6 } from "redis";
import { createCluster as createCluster4 } from "redis-4";
import { createCluster as createCluster5 } from "redis-5";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { redisTokenCache, type RedisClient } from "../src/redis.ts";
import { bytes, text } from "./support/cache-fixture.ts";
import { startRedisCluster, type RedisCluster } from "./support/redis-cluster.ts";
import { redisProgram } from "./support/redis-server.ts";

const program = redisProgram();
const KEY = randomBytes(32);

describe.runIf(program)("on a cluster of three nodes", () => {
  let cluster: RedisCluster;
  let client: RedisClient & { connect(): Promise<unknown>; destroy(): unknown };
  const rootNodes = (): { url: string }[] =>
    cluster.ports.map((port) => ({ url: `redis://127.0.0.1:${port}` }));

  beforeAll(async () => {
    cluster = await startRedisCluster(program!);
    client = createCluster6({ rootNodes: rootNodes() });
    await client.connect();
  });
  afterAll(async () => {
    client.destroy();
    await cluster.stop();
  });

  describeTokenCacheStore("redisTokenCache over a cluster", () => {
    const name = randomUUID();
    return { open: () => redisTokenCache({ client, name, key: KEY }) };
  });

  test("caches lie on all of its nodes, and all records of one on the same", async () => {
    const names = Array.from({ length: 12 }, (_, index) => `cache-${index}`);
    const accounts = ["a", "b", "c", "d"];
    for (const name of names) {
      const cache = redisTokenCache({ client, name, key: KEY });
      for (const account of accounts) await cache.write(account, bytes(account), account);
      expect(await cache.list()).toHaveLength(accounts.length);
    }
    for (const name of names) {
      await redisTokenCache({ client, name, key: KEY }).clear();
      expect(await redisTokenCache({ client, name, key: KEY }).list()).toEqual([]);
    }
  });

  test.each([
    ["4", () => createCluster4({ rootNodes: rootNodes() })],
    ["5", () => createCluster5({ rootNodes: rootNodes() })],
  ] as const)("version %s of the package redis", async (_, create) => {
    const other = create();
    await other.connect();
    const name = randomUUID();
    await redisTokenCache({ client: other, name, key: KEY }).write("k", bytes("content"), "label");
    expect(text(await redisTokenCache({ client, name, key: KEY }).read("k"))).toBe("content");
    await other.disconnect();
  });
});
