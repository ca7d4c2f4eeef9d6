import { randomBytes, randomUUID } from "node:crypto";
import type { TokenCacheStore } from "@entrada/core";
import { createClient } from "redis";
import { describe, expect, onTestFinished, test } from "vitest";
import { stillHeld } from "../../../tools/measure/still-held.ts";
import { GivenKey } from "../src/redis/given-key.ts";
import { redisTokenCache, type RedisClient, type RedisTokenCacheOptions } from "../src/redis.ts";
import { recordName } from "../src/sealed/record-name.ts";
import { bytes, failureOf, text } from "./support/cache-fixture.ts";
import { describeOnRedis } from "./support/describe-on-redis.ts";
import { startRedisServer } from "./support/redis-server.ts";

const KEY = randomBytes(32);

describeOnRedis("accounts", ({ program, client }) => {
  const place = (options: Partial<RedisTokenCacheOptions> = {}) => {
    const name = randomUUID();
    const { dataKey } = new GivenKey(KEY, name);
    return {
      start: `entrada:{${name}}:`,
      record: (key: string) => `entrada:{${name}}:record:${recordName(dataKey, key)}`,
      lease: (key: string) => `entrada:{${name}}:lease:${recordName(dataKey, key)}`,
      open: (more: Partial<RedisTokenCacheOptions> = {}) =>
        redisTokenCache({ client, name, key: KEY, ...options, ...more }),
    };
  };
  const keysOf = async (store: ReturnType<typeof redisTokenCache>): Promise<readonly string[]> =>
    (await store.list()).map(({ key }) => key).sort();

  test("what stands on the server tells no account's key and no label", async () => {
    const { open, start } = place();
    await open().write("client|authority|person-marker", bytes("content-marker"), "label-marker");
    for (const key of await client.keys(`${start}*`)) {
      const type = await client.type(key);
      const value = type === "hash" ? JSON.stringify(await client.hGetAll(key)) : await client.get(key);
      for (const said of [key, value!, Buffer.from(value!, "base64").toString("latin1")]) {
        expect(said).not.toMatch(/person|content-marker|label/);
      }
      for (const entry of type === "hash" ? Object.values(await client.hGetAll(key)) : []) {
        expect(Buffer.from(entry.split(" ").at(-1)!, "base64").toString("latin1")).not.toContain("marker");
      }
    }
  });

  describe("the index", () => {
    const SAVED = ["a", "b", "c", "d"];
    const filled = async (count = 0): Promise<ReturnType<typeof place>> => {
      const here = place();
      const keys = [...SAVED, ...Array.from({ length: count }, (_, index) => `more ${index}`)];
      const store = here.open();
      for (let start = 0; start < keys.length; start += 20) {
        const some = keys.slice(start, start + 20);
        await Promise.all(some.map((key) => store.write(key, bytes(`of ${key}`), `label of ${key}`)));
      }
      return here;
    };

    test("is made anew from the records when it is lost, also beside a later save", async () => {
      const { open, start } = await filled();
      const [before, known] = [await open().list(), open()];
      await known.list();
      for (const save of [false, true]) {
        await client.del(`${start}index`);
        if (save) await open().write("a", bytes("newer"), "label of a");
        for (const store of [open(), known]) {
          expect(new Map((await store.list()).map(({ key, label }) => [key, label]))).toEqual(
            new Map(before.map(({ key, label }) => [key, label])),
          );
        }
      }
    });

    test.each([
      ["junk", () => "1 junk"],
      ["no number", () => "junk"],
      ["that it is gone", () => "1 "],
      ["an entry of another account", (_: string, other: string) => other],
    ])("is not believed where it says %s", async (_, plant) => {
      const { open, start, record } = await filled();
      const [own, other] = ["a", "b"].map((key) => record(key).split(":").at(-1)!);
      await client.hSet(`${start}index`, own!, plant("", (await client.hGet(`${start}index`, other!))!));
      expect(await keysOf(open())).toEqual(SAVED);
      expect(await keysOf(open())).toEqual(SAVED);
    });

    test("names none whose record is gone: removed, expired or evicted", async () => {
      const { open, record } = await filled();
      const known = open();
      expect(await keysOf(known)).toEqual(SAVED);
      await open().remove("a");
      await client.del(record("b"));
      await open().withLock("c", () => client.pExpire(record("c"), 0));
      expect(await keysOf(open())).toEqual(["d"]);
      expect(await keysOf(known)).toEqual(["d"]);
      await open().write("b", bytes("again"), "label");
      expect(await keysOf(known)).toEqual(["b", "d"]);
      expect(await keysOf(open())).toEqual(["b", "d"]);
    });

    test("forgets what is gone when there is much of it, and whoever knew it hears of that", async () => {
      const { open, start, record } = await filled(1200);
      const known = open();
      expect(await keysOf(known)).toHaveLength(1204);
      await client.del(Array.from({ length: 1200 }, (_, index) => record(`more ${index}`)));
      expect(await keysOf(open())).toEqual(SAVED);
      expect(await keysOf(known)).toEqual(SAVED);
      expect(await client.hLen(`${start}index`)).toBeLessThan(10);
    });

    test("is read once: afterwards what has changed", async () => {
      const { open } = await filled(200);
      const answers: number[] = [];
      const counting: RedisClient = {
        eval: async (script, options) => {
          const answer = await client.eval(script, options);
          answers.push(JSON.stringify(answer).length);
          return answer;
        },
      };
      const store = open({ client: counting });
      expect(await store.list()).toHaveLength(204);
      await open().write("b", bytes("newer"), "another label");
      expect((await store.list()).find(({ key }) => key === "b")?.label).toBe("another label");
      await store.list();
      expect(answers[0]).toBeGreaterThan(50_000);
      expect(answers[1]).toBeLessThan(500);
      expect(answers[2]).toBeLessThan(100);
    });
  });

  describe("what nobody uses", () => {
    const lifetimes = async (start: string): Promise<readonly number[]> => {
      const keys = (await client.keys(`${start}*`)).filter((key) => !key.includes(":lease"));
      return Promise.all(keys.map((key) => client.pTTL(key)));
    };
    const NINETY_DAYS = 90 * 24 * 60 * 60 * 1000;

    test("goes after 90 days, all of it", async () => {
      const { open, start } = place();
      await open().write("a", bytes("x"), "label");
      const left = await lifetimes(start);
      expect(left).toHaveLength(3);
      for (const each of left) {
        expect(each).toBeGreaterThan(NINETY_DAYS - 60_000);
        expect(each).toBeLessThanOrEqual(NINETY_DAYS);
      }
    });

    test("goes when it is said, and each save begins that time anew", async () => {
      const { open, record, start } = place({ accountLifetimeInMs: 500_000 });
      await open().write("a", bytes("x"), "label");
      await client.pExpire(record("a"), 1000);
      await open().write("a", bytes("y"), "label");
      expect(await client.pTTL(record("a"))).toBeGreaterThan(400_000);
      await open({ accountLifetimeInMs: 100_000 }).write("b", bytes("y"), "label");
      expect(await client.pTTL(record("b"))).toBeLessThanOrEqual(100_000);
      // What concerns all stays as long as the last of them.
      expect(await client.pTTL(`${start}index`)).toBeGreaterThan(400_000);
      expect(await client.pTTL(`${start}head`)).toBeGreaterThan(400_000);
    });

    test("stays for ever when it is said so", async () => {
      const { open, start } = place();
      await open().write("a", bytes("x"), "label");
      await open({ accountLifetimeInMs: Infinity }).write("a", bytes("y"), "label");
      expect(await lifetimes(start)).toEqual([-1, -1, -1]);
    });
  });

  describe("what a process has of the accounts", () => {
    test("is told to be another's where a record was put in its place", async () => {
      const { open, record } = place();
      await open().write("a", bytes("of a"), "label");
      await open().write("b", bytes("of b"), "label");
      await client.set(record("b"), (await client.get(record("a")))!);
      expect(await failureOf(open().read("b"))).toMatchObject({ detail: "cache_corrupt" });
      expect(text(await open().read("a"))).toBe("of a");
    });

    test("is the same as long as nobody changes it, of the 100 that were used last", async () => {
      const keys = Array.from({ length: 100 }, (_, index) => `key ${index}`);
      const { open } = place();
      const store = open();
      await Promise.all(keys.map((key) => open().write(key, bytes(key), "label")));
      const read = async (): Promise<readonly unknown[]> => {
        const all: unknown[] = [];
        for (const key of keys) all.push(await store.read(key));
        return all;
      };
      const first = await read();
      for (const [at, data] of (await read()).entries()) expect(data).toBe(first[at]);
      // Used last, the first one stays beside another one.
      expect(await store.read("key 0")).toBe(first[0]);
      await store.read("another");
      expect(await store.read("key 0")).toBe(first[0]);
      expect(await store.read("key 1")).not.toBe(first[1]);
    });

    test.each<[string, (store: TokenCacheStore) => Promise<unknown>]>([
      ["100 others are used", (store) => useAll(store, 100)],
      ["all is removed", (store) => store.clear()],
    ])("is forgotten when %s", async (_, happens) => {
      const { open } = place();
      await open().write("a", bytes("x".repeat(1000)), "label");
      const store = open();
      const data = await store.withLock("a", async () => new WeakRef((await store.read("a"))!));
      await happens(store);
      expect(await stillHeld([data])).toEqual([]);
      expect(await store.read("another")).toBeUndefined();
    });

    test("is what its own access rests on, however many others are used meanwhile", async () => {
      const { open } = place();
      const store = open({ lockTimeoutInMs: 300 });
      await store.write("a", bytes("old"), "label");
      await store.withLock("a", async () => {
        await store.read("a");
        await useAll(store, 101);
        await store.write("a", bytes("new"), "label");
      });
      expect(text(await open().read("a"))).toBe("new");
    });

    test("is refused at once to an access that is under way while all is removed", async () => {
      const { open } = place();
      const store = open({ lockTimeoutInMs: 60_000 });
      await store.write("a", bytes("old"), "label");
      const access = store.withLock("a", async () => {
        await store.read("a");
        await store.clear();
        await store.write("a", bytes("of an account that was removed"), "label");
      });
      expect(await failureOf(access)).toMatchObject({ detail: "cache_locked" });
      expect(await open().read("a")).toBeUndefined();
    });
  });

  test("nothing is left on the server by who reads, lists or removes what is not there", async () => {
    const { open, start } = place();
    expect(await open().read("none")).toBeUndefined();
    expect(await open().list()).toEqual([]);
    expect(await open().revision!()).toBe(await open().revision!());
    await open().remove("none");
    await open().clear();
    expect(await client.keys(`${start}*`)).toEqual([]);
  });

  test("a revision is another one as soon as there is another account or label, and else the same", async () => {
    const { open, start } = place();
    const seen: (string | undefined)[] = [await open().revision!()];
    const changes = [
      () => open().write("a", bytes("x"), "label"),
      () => open().write("a", bytes("x"), "another label"),
      () => open().write("b", bytes("x"), "label"),
      () => open().remove("b"),
      () => client.set(`${start}content`, "saved by an earlier version"),
    ];
    for (const change of changes) {
      await change();
      seen.push(await open().revision!());
      expect(await open().revision!()).toBe(seen.at(-1));
    }
    expect(new Set(seen).size).toBe(changes.length + 1);
  });

  test("people do not wait for each other", async () => {
    const { open } = place();
    const other = open();
    await open().withLock("a", () => other.withLock("b", () => other.write("b", bytes("saved"))));
    expect(text(await open().read("b"))).toBe("saved");
  });

  test("one process asks the person; the next may when that one is done or gone", async () => {
    const { open, lease } = place();
    const one = open();
    const order: string[] = [];
    let waiting: Promise<void> | undefined;
    await one.withPromptLock!("a", async () => {
      await new Promise<void>((held) => {
        waiting = open().withPromptLock!("a", async () => void order.push("second"), { onHeld: held });
      });
      await open().withPromptLock!("b", async () => void order.push("another"));
      order.push("first");
    });
    await waiting;
    expect(order).toEqual(["another", "first", "second"]);
    await client.set(lease("a").replace(":lease:", ":lease:prompt:"), "gone", { PX: 100 });
    await open().withPromptLock!("a", async () => void order.push("third"));
    expect(order.at(-1)).toBe("third");
  });

  test("a lease that was given up while the server was away is held by nobody when it is back", async () => {
    const doomed = await startRedisServer(program);
    const other = createClient({
      socket: { path: doomed.path, tls: false, reconnectStrategy: () => 5 },
    });
    onTestFinished(async () => {
      other.destroy();
      await doomed.stop();
    });
    const cut: Promise<unknown> = new Promise((resolve) => other.on("error", resolve));
    await other.connect();
    // Without names for scripts: a server that is new would have to be told of them, which is not done any more.
    const plain: RedisClient = { eval: (script, options) => other.eval(script, options) };
    const { open, lease } = place({ client: plain, commandTimeoutInMs: 50 });
    await doomed.stop();
    await cut;
    expect(await failureOf(open().write("a", bytes("x")))).toMatchObject({ detail: expect.any(String) });
    const asked = failureOf(open().withPromptLock!("a", async () => "never"));
    expect(await asked).toMatchObject({ detail: "cache_unwritable" });
    await doomed.startAnew();
    // What the client has kept is sent first, and in order.
    await other.ping();
    await other.ping();
    expect(await other.exists([lease("a"), lease("a").replace(":lease:", ":lease:prompt:")])).toBe(0);
    expect(await open({ commandTimeoutInMs: 5000 }).withPromptLock!("a", async () => "free")).toBe("free");
  });

  test("a server that has forgotten the scripts is told them again", async () => {
    const { open } = place();
    await open().write("a", bytes("x"), "label");
    await client.scriptFlush();
    expect(text(await open().read("a"))).toBe("x");
    expect(await keysOf(open())).toEqual(["a"]);
  });
});

async function useAll(store: TokenCacheStore, count: number): Promise<void> {
  for (let index = 0; index < count; index += 1) await store.read(`other ${index}`);
}
