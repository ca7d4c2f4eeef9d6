import { randomBytes, randomUUID } from "node:crypto";
import { blobTokenCache, type TokenCacheStore } from "@entrada/core";
import { createClient } from "redis";
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from "vitest";
import { GivenKey } from "../src/redis/given-key.ts";
import { RedisCommands } from "../src/redis/redis-commands.ts";
import { redisNames } from "../src/redis/redis-names.ts";
import { SingleValuePlace } from "../src/redis/single-value-place.ts";
import { redisTokenCache } from "../src/redis.ts";
import { SealedTokenCache } from "../src/sealed/sealed-token-cache.ts";
import { bytes, failureOf, text } from "./support/cache-fixture.ts";
import { countingProxy } from "./support/counting-proxy.ts";
import { redisProgram, startRedisServer, type RedisServer } from "./support/redis-server.ts";

const program = redisProgram();
const KEY = randomBytes(32);

describe.runIf(program)("one value of an earlier version, on a real server", () => {
  let server: RedisServer;
  let client: ReturnType<typeof createClient>;

  beforeAll(async () => {
    server = await startRedisServer(program!);
    client = createClient({ socket: { path: server.path, tls: false } });
    await client.connect();
  });
  afterAll(async () => {
    client.destroy();
    await server.stop();
  });

  /** The store of an earlier version, with accounts in it, and a cache of the same name. */
  async function movable(accounts: readonly string[] = ["a", "b", "c"], data = "data") {
    const name = randomUUID();
    const blob = (): SealedTokenCache =>
      new SealedTokenCache({
        place: new SingleValuePlace(new RedisCommands(client, 10_000), redisNames(name), 5000),
        keys: new GivenKey(KEY, name),
        warn: () => {},
        lockTimeoutInMs: 10_000,
      });
    const value = {
      version: 1,
      signedOut: { z: 1 },
      accounts: Object.fromEntries(
        accounts.map((key) => [
          key,
          { bytes: Buffer.from(`${data} of ${key}`).toString("base64"), label: `label of ${key}` },
        ]),
      ),
    };
    await blob().write(bytes(JSON.stringify(value)));
    return { name, names: redisNames(name), earlier: () => blobTokenCache(blob()), open: open(name) };
  }
  const open =
    (name: string) =>
    (own: Parameters<typeof redisTokenCache>[0]["client"] = client) =>
      redisTokenCache({ client: own, name, key: KEY });
  const keysOf = async (store: TokenCacheStore): Promise<readonly string[]> =>
    (await store.list()).map(({ key }) => key).sort();

  test("is read where it is, and a reader moves nothing", async () => {
    const { open, names } = await movable();
    expect(text(await open().read("b"))).toBe("data of b");
    expect(await open().list()).toContainEqual({ key: "a", label: "label of a" });
    expect(await client.exists([names.head, names.index])).toBe(0);
  });

  test("is moved by the first save, whole, and stays as it is for an earlier version that still runs", async () => {
    const { open, names, earlier } = await movable();
    const before = await client.get(names.before.content);
    await open().write("b", bytes("newer"), "label");
    expect(text(await open().read("a"))).toBe("data of a");
    expect(text(await open().read("b"))).toBe("newer");
    expect(await keysOf(open())).toEqual(["a", "b", "c", "signed-out"]);
    expect(await client.get(names.before.content)).toBe(before);
    expect(text(await earlier().read("b"))).toBe("data of b");
    await earlier().write("a", bytes("of the earlier version"), "label");
    expect(text(await open().read("a"))).toBe("data of a");
  });

  test("is moved once, whoever else begins at the same time", async () => {
    const { open } = await movable();
    await Promise.all(
      Array.from({ length: 8 }, (_, index) => open().write(`new ${index}`, bytes("x"), "label")),
    );
    expect(await keysOf(open())).toHaveLength(12);
    expect(text(await open().read("c"))).toBe("data of c");
  });

  test("loses an account that is signed out, and goes with all of it", async () => {
    const { open, earlier } = await movable();
    await open().remove("a");
    expect(await keysOf(open())).toEqual(["b", "c", "signed-out"]);
    expect(await keysOf(earlier())).toEqual(["b", "c", "signed-out"]);
    await open().clear();
    expect(await open().list()).toEqual([]);
    expect(await earlier().list()).toEqual([]);
  });

  test("goes after 90 days, unless an earlier version saves it anew", async () => {
    const { open, names, earlier } = await movable();
    await open().write("b", bytes("newer"), "label");
    expect(await client.pTTL(names.before.content)).toBeGreaterThan(0);
    await earlier().write("a", bytes("of the earlier version"), "label");
    expect(await client.pTTL(names.before.content)).toBe(-1);
  });

  test("is moved by the next one where a move did not end", async () => {
    const { open, names } = await movable();
    await open().write("b", bytes("newer"), "label");
    // As it was just before the end.
    await client.del(names.head);
    await client.hDel(names.index, "complete");
    await open().write("c", bytes("newer"), "label");
    expect(text(await open().read("b"))).toBe("data of b");
    expect(text(await open().read("c"))).toBe("newer");
  });

  test("takes nothing back from the records where their head alone was lost", async () => {
    const { open, names } = await movable();
    await open().write("b", bytes("newer"), "label");
    await client.del(names.head);
    await open().write("c", bytes("newer"), "label");
    expect(text(await open().read("b"))).toBe("newer");
  });

  test("of another key is left alone", async () => {
    const { name, names } = await movable();
    const before = await client.get(names.before.content);
    const stranger = redisTokenCache({ client, name, key: randomBytes(32) });
    expect(await failureOf(stranger.write("a", bytes("x")))).toMatchObject({ detail: "cache_unreadable" });
    expect(await client.get(names.before.content)).toBe(before);
  });

  test("a renewal among 10,000 accounts moves less than 8 kB, and what a process has not seen once more", async () => {
    const accounts = Array.from({ length: 10_000 }, (_, index) => `account ${index}`);
    // A refresh token and an access token, as long as they are.
    const tokens = (): string => randomBytes(2250).toString("base64url");
    const { open } = await movable(accounts);
    await open().write("account 1", bytes(tokens()), "label");
    const proxy = await countingProxy(server.path);
    onTestFinished(() => proxy.close());
    const counted = await createClient({ socket: { path: proxy.path, tls: false } }).connect();
    onTestFinished(() => counted.destroy());
    const store = open(counted);
    const renew = async (): Promise<number> => {
      const before = proxy.bytes;
      await store.read("account 1");
      await store.withLock("account 1", async () => {
        await store.read("account 1");
        await store.write("account 1", bytes(tokens()), "label");
      });
      return proxy.bytes - before;
    };
    expect(await renew()).toBeLessThan(12_000);
    expect(await renew()).toBeLessThan(8000);
  });
});
