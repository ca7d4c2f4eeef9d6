import { randomBytes, randomUUID } from "node:crypto";
import { blobTokenCache, type TokenCacheStore } from "@entrada/core";
import { createClient } from "redis";
import { expect, onTestFinished, test } from "vitest";
import { GivenKey } from "../src/redis/given-key.ts";
import { FINISH_MOVE, LOOK_BEFORE, MOVE_RECORD } from "../src/redis/move-scripts.ts";
import { RedisCommands, type RedisClient, type RedisScript } from "../src/redis/redis-commands.ts";
import { redisNames } from "../src/redis/redis-names.ts";
import { SingleValuePlace } from "../src/redis/single-value-place.ts";
import { redisTokenCache } from "../src/redis.ts";
import { recordName } from "../src/sealed/record-name.ts";
import { SealedTokenCache } from "../src/sealed/sealed-token-cache.ts";
import { bytes, failureOf, text } from "./support/cache-fixture.ts";
import { describeOnRedis } from "./support/describe-on-redis.ts";
import { countingProxy } from "./support/counting-proxy.ts";

const KEY = randomBytes(32);

describeOnRedis("one value of an earlier version,", ({ server, client }) => {
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

  /** A client that meets something before it sends a script of these for the first time, and counts them. */
  function meeting(scripts: readonly RedisScript[], met: () => Promise<unknown> = async () => {}) {
    const seen = { times: 0 };
    const own: RedisClient = {
      eval: async (text, options) => {
        const isOne = scripts.some(({ script }) => script === text);
        if (isOne && (seen.times += 1) === 1) await met();
        return client.eval(text, options);
      },
    };
    return { own, seen };
  }

  test("is moved by one of those who wait for it", async () => {
    const { open } = await movable();
    const { own, seen } = meeting([FINISH_MOVE]);
    await Promise.all(["d", "e", "f"].map((key) => open(own).write(key, bytes("x"), "label")));
    expect(seen.times).toBe(1);
  });

  test("is looked for no more by who has moved it, or has seen that it is moved", async () => {
    const { open } = await movable();
    const looks: number[] = [];
    for (let process = 0; process < 2; process += 1) {
      const { own, seen } = meeting([LOOK_BEFORE]);
      const store = open(own);
      for (let times = 0; times < 2; times += 1) {
        await store.write("d", bytes("x"), "label");
        looks.push(seen.times);
      }
    }
    // Who moves it looks once more when nobody else can.
    expect(looks).toEqual([2, 2, 1, 1]);
  });

  test("is moved though a process has seen none before there was one", async () => {
    const { open, earlier, names } = await movable();
    const value = (await client.get(names.before.content))!;
    await client.del(names.before.content);
    const store = open();
    await store.withLock("a", async () => {});
    await client.set(names.before.content, value);
    await earlier().write("b", bytes("newer"), "label");
    await store.write("c", bytes("newest"), "label");
    expect(text(await store.read("a"))).toBe("data of a");
    expect(text(await store.read("b"))).toBe("newer");
    expect(text(await store.read("c"))).toBe("newest");
  });

  test.each([
    ["of a record", MOVE_RECORD],
    ["of its end", FINISH_MOVE],
  ])("counts as not moved where the lease is lost before the step %s", async (_, script) => {
    const { open, names } = await movable();
    const { own } = meeting([script], () => client.del(names.lease("move")));
    const failure = await failureOf(open(own).write("b", bytes("lost"), "label"));
    expect(failure).toMatchObject({ detail: "cache_locked", retryable: true });
    expect(failure.message).toContain("lease ran out");
    expect(await client.exists(names.head)).toBe(0);
    await open().write("b", bytes("newer"), "label");
    expect(text(await open().read("a"))).toBe("data of a");
    expect(text(await open().read("b"))).toBe("newer");
  });

  test("does not count as moved without a record that could not be", async () => {
    const { open, names } = await movable();
    let refused = false;
    const own: RedisClient = {
      eval: async (text, options) => {
        if (text !== MOVE_RECORD.script || refused) return client.eval(text, options);
        refused = true;
        const lease = (await client.get(names.lease("move")))!;
        await client.del(names.lease("move"));
        const answer = await client.eval(text, options);
        await client.set(names.lease("move"), lease, { PX: 5000 });
        return answer;
      },
    };
    const failure = await failureOf(open(own).write("b", bytes("lost"), "label"));
    expect(failure.message).toContain("lease ran out");
    expect(await client.exists(names.head)).toBe(0);
    expect(await keysOf(open())).toEqual(["a", "b", "c", "signed-out"]);
  });

  test("brings nobody back who is signed out while it is moved", async () => {
    const { open, earlier } = await movable(Array.from({ length: 110 }, (_, index) => `account ${index}`));
    const all = (await earlier().list()).filter(({ key }) => key.startsWith("account"));
    const last = all.at(-1)!.key;
    const { own } = meeting([MOVE_RECORD], () => earlier().remove(last));
    await open(own).write("account 1", bytes("newer"), "label");
    expect(await open().read(last)).toBeUndefined();
    expect((await keysOf(open())).filter((key) => key.startsWith("account"))).toHaveLength(109);
  });

  test("is left as it is by who signs out an account that it does not have", async () => {
    const { open, names } = await movable();
    await open().write("new", bytes("x"), "label");
    const before = await client.get(names.before.content);
    await open().remove("new");
    expect(await client.get(names.before.content)).toBe(before);
    expect(await client.pTTL(names.before.content)).toBeGreaterThan(0);
  });

  test("once moved lets nobody in who has another key", async () => {
    const { name, open } = await movable();
    await open().write("a", bytes("newer"), "label");
    const stranger = redisTokenCache({ client, name, key: randomBytes(32) });
    let isIn = false;
    const access = stranger.withLock("a", async () => void (isIn = true));
    expect(await failureOf(access)).toMatchObject({ detail: "cache_unreadable" });
    expect(isIn).toBe(false);
    expect(await failureOf(stranger.remove("a"))).toMatchObject({ detail: "cache_unreadable" });
  });

  test("says nothing more of an account whose record is gone", async () => {
    const { name, open, names } = await movable();
    await open().write("a", bytes("newer"), "label");
    const store = open();
    expect(text(await store.read("b"))).toBe("data of b");
    await client.del(names.record(recordName(new GivenKey(KEY, name).dataKey, "b")));
    expect(await store.read("b")).toBeUndefined();
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
