import { expect, test } from "vitest";
import { deferred } from "../deferred.ts";
import { AbortError } from "../errors/abort-error.ts";
import { virtualClock } from "../testing/virtual-clock.ts";
import { memoryTokenCache } from "./memory-token-cache.ts";
import { guardedStore } from "./guarded-store.ts";
import type { TokenCacheStore, TokenCacheWarning } from "./token-cache-store.ts";
import { TokenCache } from "./token-cache.ts";
import type { StoredAccount } from "./stored-account.ts";

const record = { authority: "a", homeAccountId: "h", clientId: "c", tenantId: "t", username: "u" };
const account: StoredAccount = { record, signedInAt: 1, refreshToken: "r", tokens: {} };
const key = "c|a|h";
const signIn = async () => ({ result: "token", save: () => account });

function cacheOver(faults: Partial<TokenCacheStore>) {
  const warnings: unknown[] = [];
  const clock = virtualClock();
  const cache = new TokenCache({ ...memoryTokenCache(), ...faults }, (error) => warnings.push(error), clock);
  return { cache, warnings, clock };
}
const broken = (): Promise<never> => Promise.reject(new Error("disk"));

test.each([
  ["read", "cache_unreadable"],
  ["write", "cache_unwritable"],
  ["withLock", "cache_locked"],
] as const)(
  "a store whose %s fails costs no token: it is kept in memory, and a warning says %s",
  async (method, detail) => {
    const { cache, warnings } = cacheOver({ [method]: broken });
    expect(await cache.change(key, signIn)).toBe("token");
    expect(await cache.account(key)).toEqual(account);
    expect(warnings[0]).toMatchObject({ code: "cache", detail, cause: { message: "disk" } });
  },
);

test.each(["read", "write", "withLock"] as const)(
  "a store whose %s never answers is given up",
  async (method) => {
    const asked = deferred<void>();
    const { cache, warnings, clock } = cacheOver({
      [method]: () => (asked.resolve(), new Promise<never>(() => {})),
    });
    const change = cache.change(key, signIn);
    // What changes an account is loaded first, which takes its time.
    await asked.promise;
    await clock.advance(60_000);
    expect(await change).toBe("token");
    expect(warnings[0]).toMatchObject({ code: "cache" });
    expect(clock.pending).toBe(0);
  },
);

test("whoever gets no lock in time works on what others have saved meanwhile, not on what it read before", async () => {
  const store = memoryTokenCache();
  const cache = new TokenCache(store, () => {});
  await cache.change(key, signIn);
  const renewed: StoredAccount = { ...account, refreshToken: "newer" };
  await new TokenCache(store, () => {}).change(key, async () => ({ result: "", save: () => renewed }));
  store.withLock = broken;
  expect(await cache.change(key, async (present) => ({ result: present?.refreshToken }))).toBe("newer");
});

test("what a lock does after the work cannot take its result away", async () => {
  const { cache, warnings } = cacheOver({
    withLock: async (_key, work) => {
      await work();
      throw new Error("unlock");
    },
  });
  expect(await cache.change(key, signIn)).toBe("token");
  await new Promise((resolve) => setImmediate(resolve));
  expect(warnings).toMatchObject([{ code: "cache", detail: "cache_unwritable" }]);
});

test("a lock that returns nothing of the work is as good as any", async () => {
  const { cache } = cacheOver({
    withLock: (async (_key: string, work: () => Promise<unknown>) => void (await work())) as never,
  });
  expect(await cache.change(key, signIn)).toBe("token");
});

test.each([
  ["ends without running its work", async () => undefined],
  [
    "ends before it runs its work",
    async (_key: string, work: () => Promise<unknown>) => void setImmediate(() => void work()),
  ],
  ["returns nothing", () => undefined],
  [
    "throws",
    () => {
      throw new Error("lock");
    },
  ],
])("a lock that %s costs no token, and a warning says cache_locked", async (_, withLock) => {
  const { cache, warnings } = cacheOver({ withLock: withLock as never });
  expect(await cache.change(key, signIn)).toBe("token");
  await new Promise((resolve) => setImmediate(resolve));
  expect(await cache.account(key)).toEqual(account);
  expect(warnings).toHaveLength(1);
  expect(warnings[0]).toMatchObject({ code: "cache", detail: "cache_locked", cause: expect.any(Error) });
});

test("a lock that does not wait for its work gets in nobody's way", async () => {
  const { cache, warnings } = cacheOver({
    withLock: (async (_key: string, work: () => unknown) => void work()) as never,
  });
  expect(await cache.change(key, signIn)).toBe("token");
  expect(warnings).toEqual([]);
});

test("a sign-out under a lock that never ran its work is an error, since nothing was removed", async () => {
  const { cache } = cacheOver({ withLock: (async () => undefined) as never });
  await expect(cache.remove(key)).rejects.toMatchObject({
    code: "cache",
    detail: "cache_locked",
  });
});

test("a store that says null for nothing is empty", async () => {
  const { cache } = cacheOver({ read: async () => null as never, list: async () => null as never });
  expect(await cache.list("")).toEqual([]);
  expect(await cache.account(key)).toBeUndefined();
});

test("what the work throws is thrown as it is", async () => {
  const { cache } = cacheOver({});
  await expect(cache.change(key, () => Promise.reject(new TypeError("mine")))).rejects.toThrow("mine");
});

test("a removal that cannot be saved is an error of the cache", async () => {
  const { cache } = cacheOver({ remove: broken });
  await expect(cache.remove(key)).rejects.toMatchObject({
    code: "cache",
    detail: "cache_unwritable",
  });
});

test("what a store warns of is heard while it is used, and not between", async () => {
  const listeners = new Set<(warning: TokenCacheWarning) => void>();
  const tell = (code: string): void => listeners.forEach((listener) => listener({ code, message: "m" }));
  const store = guardedStore(
    {
      ...memoryTokenCache(),
      read: async () => {
        tell("while_reading");
        return undefined;
      },
      clear: () => {
        tell("while_failing");
        return broken();
      },
      watchWarnings: (listener) => {
        listeners.add(listener);
        return () => listeners.delete(listener);
      },
    },
    virtualClock(),
    ({ code }) => heard.push(code),
  );
  const heard: string[] = [];
  await store.read(key);
  tell("between");
  await expect(store.clear()).rejects.toThrow("could not be saved");
  tell("afterwards");
  expect(heard).toEqual(["while_reading", "while_failing"]);
  expect(listeners.size).toBe(0);
});

test("the work may take longer than the lock may keep it waiting", async () => {
  const clock = virtualClock();
  const store = guardedStore(memoryTokenCache(), clock);
  const end = deferred<string>();
  const work = store.withLock(key, () => end.promise);
  await clock.advance(60_000);
  end.resolve("done");
  expect(await work).toBe("done");
});

test("a lock that is given after it was given up runs no work, and ends no process", async () => {
  const clock = virtualClock();
  let give = (): unknown => undefined;
  const store = guardedStore(
    {
      ...memoryTokenCache(),
      withLock: (_key, work) => new Promise((resolve) => (give = () => (resolve(0 as never), work()))),
    },
    clock,
  );
  let runs = 0;
  const work = store.withLock(key, async () => void (runs += 1));
  const givenUp = expect(work).rejects.toMatchObject({ detail: "cache_locked", retryable: true });
  await clock.advance(12_000);
  await givenUp;
  const refused = give();
  await new Promise((resolve) => setImmediate(resolve));
  await expect(refused).rejects.toMatchObject({ detail: "cache_locked" });
  expect(runs).toBe(0);
});

test("a store that cannot even be listened to costs a typed error and no process", async () => {
  const unheard: unknown[] = [];
  const hear = (reason: unknown): void => void unheard.push(reason);
  process.on("unhandledRejection", hear);
  try {
    const watchWarnings = (): never => {
      throw new Error("deaf");
    };
    const store = guardedStore({ ...memoryTokenCache(), withLock: broken, watchWarnings }, virtualClock());
    await expect(store.withLock(key, async () => 1)).rejects.toMatchObject({ detail: "cache_locked" });
    await new Promise((resolve) => setImmediate(resolve));
    expect(unheard).toEqual([]);
  } finally {
    process.off("unhandledRejection", hear);
  }
});

test.each<[keyof typeof calls, string]>([
  ["read", "cache_unreadable"],
  ["list", "cache_unreadable"],
  ["revision", "cache_unreadable"],
  ["write", "cache_unwritable"],
  ["remove", "cache_unwritable"],
  ["clear", "cache_unwritable"],
  ["withLock", "cache_locked"],
])("whatever %s throws is a typed error, %s, but an abort stays one", async (method, detail) => {
  const abort = new AbortError();
  for (const [reason, expected] of [
    [new Error("disk"), { code: "cache", detail, retryable: detail === "cache_locked" }],
    [undefined, { code: "cache", detail }],
    [abort, abort],
  ] as const) {
    const store = guardedStore(
      { ...memoryTokenCache(), revision: async () => "r", [method]: () => Promise.reject(reason) },
      virtualClock(),
    );
    await expect(calls[method](store)).rejects.toMatchObject(expected);
  }
});

test("a store tells its revision if it has one", async () => {
  const { revision: _, ...without } = memoryTokenCache();
  expect(guardedStore(without, virtualClock())).not.toHaveProperty("revision");
  expect(await guardedStore(memoryTokenCache(), virtualClock()).revision!()).toBeUndefined();
  const store = guardedStore({ ...memoryTokenCache(), revision: async () => "r" }, virtualClock());
  expect(await store.revision!()).toBe("r");
});

const calls = {
  read: (store: TokenCacheStore) => store.read(key),
  list: (store: TokenCacheStore) => store.list(),
  revision: (store: TokenCacheStore) => store.revision!(),
  write: (store: TokenCacheStore) => store.write(key, new Uint8Array()),
  remove: (store: TokenCacheStore) => store.remove(key),
  clear: (store: TokenCacheStore) => store.clear(),
  withLock: (store: TokenCacheStore) => store.withLock(key, async () => {}),
};
