import { describe, expect, test } from "vitest";
import { deferred } from "../deferred.ts";
import { AbortError } from "../errors/abort-error.ts";
import { AuthenticationError } from "../errors/authentication-error.ts";
import { virtualClock, type VirtualClock } from "../testing/virtual-clock.ts";
import { memoryTokenCache } from "./memory-token-cache.ts";
import { withRest } from "./store-rest.ts";
import type { TokenCacheStore } from "./token-cache-store.ts";
import { TokenCache } from "./token-cache.ts";

const LONG = 3_000;
const GIVEN_UP = 12_000;
const REST = 30_000;
const work = async (): Promise<string> => "done";

/** All that a store is asked for. */
const CALLS: Readonly<Record<string, (store: TokenCacheStore) => Promise<unknown>>> = {
  read: (store) => store.read("k"),
  list: (store) => store.list(),
  revision: (store) => store.revision!(),
  write: (store) => store.write("k", new Uint8Array()),
  remove: (store) => store.remove("k"),
  clear: (store) => store.clear(),
  withLock: (store) => store.withLock("k", work),
  withPromptLock: (store) => store.withPromptLock!("k", work),
};

/** A store whose every call does the same. */
function storeThat(answer: () => Promise<never>): { store: TokenCacheStore; asked: () => number } {
  let asked = 0;
  const call = (): Promise<never> => {
    asked += 1;
    return answer();
  };
  const store = Object.fromEntries(Object.keys(CALLS).map((name) => [name, call]));
  return { store: store as never, asked: () => asked };
}

function failingAfter(clock: VirtualClock, ms: number, error: () => Error) {
  return storeThat(() => new Promise((_, reject) => void clock.after(ms, () => reject(error()))));
}
const failed = (): Error => new Error("No answer");

describe.each(Object.entries(CALLS))("a store whose %s fails after long", (_, call) => {
  test("is not asked again by any step for a while, and what failed is told again", async () => {
    const clock = virtualClock();
    const { store, asked } = failingAfter(clock, LONG, failed);
    const rested = withRest(store, clock).resting;
    const first = expect(call(rested)).rejects.toThrow("No answer");
    await clock.advance(LONG);
    await first;
    for (const other of Object.values(CALLS)) await expect(other(rested)).rejects.toThrow("No answer");
    await clock.advance(REST - 1);
    await expect(call(rested)).rejects.toThrow("No answer");
    expect(asked()).toBe(1);
    await clock.advance(1);
    const again = expect(call(rested)).rejects.toThrow("No answer");
    expect(asked()).toBe(2);
    await clock.advance(LONG);
    await again;
  });

  test.each([
    ["soon", LONG - 1, failed],
    ["as others hold its lock", LONG, () => locked()],
    ["as the caller has ended it", LONG, () => new AbortError()],
  ])("or %s, is asked again", async (_, ms, error) => {
    const clock = virtualClock();
    const { store, asked } = failingAfter(clock, ms, error);
    const rested = withRest(store, clock).resting;
    for (const times of [1, 2]) {
      const failing = expect(call(rested)).rejects.toThrow(error().message);
      await clock.advance(ms);
      await failing;
      expect(asked()).toBe(times);
    }
  });
});

describe.each(Object.entries(CALLS))("a store that rests is asked outright: %s", (_, call) => {
  test("each time, and what comes of it is told", async () => {
    const clock = virtualClock();
    const { store, asked } = failingAfter(clock, LONG, failed);
    const { resting, outright } = withRest(store, clock);
    for (const [times, rests] of [
      [1, false],
      [2, true],
      [3, true],
    ] as const) {
      if (rests) await expect(call(resting)).rejects.toThrow("No answer");
      const failing = expect(call(outright)).rejects.toThrow("No answer");
      await clock.advance(LONG);
      await failing;
      expect(asked()).toBe(times);
    }
  });

  test("and is in reach for all as soon as it has answered", async () => {
    const clock = virtualClock();
    const failing = failingAfter(clock, LONG, failed).store;
    const answering = storeThat(async () => "answer" as never).store;
    let isBack = false;
    const store = Object.fromEntries(
      Object.keys(CALLS).map((name) => [
        name,
        (...given: never[]) => {
          const asked = (isBack ? answering : failing) as never as Record<
            string,
            (...all: never[]) => unknown
          >;
          return asked[name]!(...given);
        },
      ]),
    ) as never as TokenCacheStore;
    const { resting, outright } = withRest(store, clock);
    const first = expect(call(resting)).rejects.toThrow("No answer");
    await clock.advance(LONG);
    await first;
    isBack = true;
    await expect(call(resting)).rejects.toThrow("No answer");
    expect(await call(outright)).toBe("answer");
    expect(await call(resting)).toBe("answer");
  });
});

describe("a sign-out while the store rests", () => {
  const KEY = "a|b|c";
  const record = { clientId: "a", authority: "b", homeAccountId: "c", tenantId: "t", username: "u" };

  /** A cache with an account in a store that has just been waited for in vain. */
  async function whileItRests() {
    const clock = virtualClock();
    const inner = memoryTokenCache();
    await new TokenCache(inner, () => {}).change(KEY, async () => ({
      result: undefined,
      save: () => ({ record, signedInAt: 1, tokens: {} }),
    }));
    let hangs = true;
    let asked = deferred<void>();
    const read: TokenCacheStore["read"] = (key) => {
      if (!hangs) return inner.read(key);
      asked.resolve();
      return new Promise((_, reject) => void clock.after(LONG, () => reject(failed())));
    };
    const list: TokenCacheStore["list"] = async () => (hangs ? Promise.reject(failed()) : inner.list());
    const cache = new TokenCache({ ...inner, read, list }, () => {}, clock);
    /** What comes of a call that reads in vain. */
    const inVain = async <T>(call: () => Promise<T>): Promise<PromiseSettledResult<T>> => {
      asked = deferred();
      const settled = Promise.allSettled([call()]);
      await asked.promise;
      await clock.advance(LONG);
      return (await settled)[0];
    };
    expect(await inVain(() => cache.account(KEY))).toMatchObject({ value: undefined });
    expect(await cache.account(KEY)).toBeUndefined(); // it rests
    return { cache, inVain, inner, answers: () => (hangs = false) };
  }

  test("tries it, and says that it failed", async () => {
    const { cache, inVain, inner } = await whileItRests();
    expect(await inVain(() => cache.remove(KEY))).toMatchObject({
      reason: { code: "cache", detail: "cache_unreadable" },
    });
    expect(await inner.read(KEY)).toBeDefined();
  });

  test("signs out as soon as it is back", async () => {
    const { cache, inner, answers } = await whileItRests();
    answers();
    await cache.remove(KEY);
    expect(await inner.read(KEY)).toBeUndefined();
  });

  test("finds who is to be signed out, or says that it cannot: nobody is another answer", async () => {
    const { cache, answers } = await whileItRests();
    expect(await cache.list("a|b|")).toEqual([]);
    await expect(cache.listToSignOut("a|b|")).rejects.toMatchObject({ code: "cache" });
    answers();
    expect((await cache.listToSignOut("a|b|")).map((each) => each.record)).toEqual([record]);
  });
});

test("a store that fails without an error is left alone, too", async () => {
  const clock = virtualClock();
  const { store, asked } = failingAfter(clock, LONG, () => undefined as never);
  const { resting } = withRest(store, clock);
  const failing = Promise.allSettled([resting.read("k")]);
  await clock.advance(LONG);
  const [first] = await failing;
  expect(first).toEqual({ status: "rejected", reason: undefined });
  expect(await Promise.allSettled([resting.read("k")])).toEqual([first]);
  expect(asked()).toBe(1);
});

function locked(): Error {
  return new AuthenticationError({ code: "cache", detail: "cache_locked", what: "Held", remedy: "Wait" });
}

test("a store that does not answer is not asked by others meanwhile, and is as soon as it has", async () => {
  const clock = virtualClock();
  await clock.advance(GIVEN_UP + REST); // the process has run for a while
  const answer = deferred<never>();
  const { store, asked } = storeThat(() => answer.promise);
  const rested = withRest(store, clock).resting;
  const first = rested.read("k");
  await clock.advance(GIVEN_UP);
  for (const call of Object.values(CALLS)) {
    await expect(call(rested)).rejects.toMatchObject({ code: "cache", detail: "cache_unreadable" });
  }
  expect(asked()).toBe(1);
  answer.resolve(undefined as never);
  expect(await first).toBeUndefined();
  expect(await rested.read("k")).toBeUndefined();
  expect(asked()).toBe(2);
});

test("a call that is never answered keeps the others off for a while only", async () => {
  const clock = virtualClock();
  await clock.advance(GIVEN_UP);
  const { store, asked } = storeThat(() => new Promise(() => {}));
  const rested = withRest(store, clock).resting;
  void rested.read("k");
  await clock.advance(GIVEN_UP - 1);
  void rested.read("l"); // a person may just unlock a keyring
  expect(asked()).toBe(2);
  await clock.advance(GIVEN_UP + REST);
  void rested.list();
  expect(asked()).toBe(3);
});

test("work that takes long in a lock, and fails, is not the store's fault", async () => {
  const clock = virtualClock();
  const store = { withLock: (_key: string, begin: () => Promise<unknown>) => begin(), read: work } as never;
  const rested = withRest(store, clock).resting;
  const long = rested.withLock(
    "k",
    () => new Promise((_, reject) => void clock.after(LONG, () => reject(failed()))),
  );
  const rejected = expect(long).rejects.toThrow("No answer");
  await clock.advance(LONG);
  await rejected;
  expect(await rested.read("k")).toBe("done");
});

test("all steps at a store that is out of reach wait for it once", async () => {
  const clock = virtualClock();
  const begun = deferred<void>();
  const { store } = storeThat(() => {
    begun.resolve();
    return new Promise((_, reject) => void clock.after(10_000, () => reject(failed())));
  });
  const cache = new TokenCache(store, () => {}, clock);
  const steps = (async () => {
    await cache.check();
    await cache.account("a|b|c");
    await cache.list("a|");
    await cache.shared!.signIns("a|");
    await cache.shared!.alone("k", work, { signal: new AbortController().signal, onHeld: () => {} });
    return cache.change("a|b|c", async () => ({ result: "token" }));
  })();
  await begun.promise;
  await clock.advance(10_000);
  expect(await steps).toBe("token");
});

test("what the store warns of is heard, where it warns of anything", () => {
  const heard: string[] = [];
  const warning = { code: "cache_plain", message: "It is not encrypted" };
  const { store } = storeThat(() => new Promise(() => {}));
  const warns: TokenCacheStore = {
    ...store,
    watchWarnings: (listener) => (listener(warning), () => heard.push("left")),
  };
  withRest(warns, virtualClock()).resting.watchWarnings!(({ code }) => void heard.push(code))();
  expect(heard).toEqual(["cache_plain", "left"]);
  expect(withRest(store, virtualClock()).resting).not.toHaveProperty("watchWarnings");
});
