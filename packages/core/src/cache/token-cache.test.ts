import { describe, expect, test } from "vitest";
import { AuthenticationError } from "../errors/authentication-error.ts";
import { virtualClock } from "../testing/virtual-clock.ts";
import { serializeAccount } from "./account-record.ts";
import { memoryTokenCache } from "./memory-token-cache.ts";
import type { StoredAccount } from "./stored-account.ts";
import type { TokenCacheStore } from "./token-cache-store.ts";
import { TokenCache } from "./token-cache.ts";

const KEY = "c|a|h";
const broken = (): Promise<never> => Promise.reject(new Error("disk"));
const toMend = (): Promise<never> =>
  Promise.reject(new AuthenticationError({ code: "cache", what: "x", detail: "cache_version" }));

function account(homeAccountId: string, changes: Partial<StoredAccount> = {}): StoredAccount {
  const record = { authority: "a", homeAccountId, clientId: "c", tenantId: "t", username: "u" };
  return { record, signedInAt: 1, refreshToken: "r", tokens: {}, ...changes };
}

/** A cache over a store that a test can break and repair. */
function cacheOver() {
  const inner = memoryTokenCache();
  const faults: Partial<TokenCacheStore> = {};
  const asked: string[] = [];
  const store: TokenCacheStore = {
    ...inner,
    read: (key) => (asked.push(`read ${key}`), (faults.read ?? inner.read)(key)),
    list: () => (faults.list ?? inner.list)(),
    write: (...record) => (asked.push(`write ${record[0]}`), (faults.write ?? inner.write)(...record)),
    remove: (key) => (faults.remove ?? inner.remove)(key),
    withLock: (key, work, options) => (faults.withLock ?? inner.withLock)(key, work, options),
  };
  const warnings: (Error & { detail?: string })[] = [];
  const cache = new TokenCache(store, (error) => warnings.push(error), virtualClock());
  return { cache, inner, faults, asked, warnings, other: new TokenCache(inner, () => {}) };
}

function save(cache: TokenCache, saved: StoredAccount, isSignIn = false): Promise<StoredAccount | undefined> {
  const { clientId, authority, homeAccountId } = saved.record;
  return cache.change(
    `${clientId}|${authority}|${homeAccountId}`,
    async (present) => ({ result: present, save: () => saved }),
    undefined,
    isSignIn,
  );
}

const peopleIn = async (cache: TokenCache): Promise<readonly string[]> =>
  (await cache.list("c|a|")).map(({ record }) => record.homeAccountId);

describe("without a store", () => {
  test("accounts are kept in memory, each change on what the one before has left", async () => {
    const cache = new TokenCache(undefined, () => expect.unreachable());
    expect(cache.shared).toBeUndefined();
    await cache.check();
    expect(await cache.account(KEY)).toBeUndefined();
    expect(await peopleIn(cache)).toEqual([]);
    expect(await save(cache, account("h"))).toBeUndefined();
    const renewed = account("h", { refreshToken: "newer" });
    let before: StoredAccount | undefined;
    const present = await cache.change(KEY, async (held) => ({
      result: held,
      save: (left) => ((before = left), renewed),
    }));
    expect([present, before]).toEqual([account("h"), account("h")]);
    expect(await cache.change(KEY, async () => ({ result: "nothing to save" }))).toBe("nothing to save");
    expect(await cache.account(KEY)).toEqual(renewed);
    expect(await peopleIn(cache)).toEqual(["h"]);
    expect((await cache.listToSignOut("c|a|")).map(({ record }) => record)).toEqual([renewed.record]);
    await cache.remove(KEY);
    expect(await cache.account(KEY)).toBeUndefined();
  });
});

describe("over a store", () => {
  test("a change works on what is there, and what it saves is read once", async () => {
    const { cache, other } = cacheOver();
    await save(other, account("h"));
    expect(await save(cache, account("h", { refreshToken: "newer" }))).toEqual(account("h"));
    let before: StoredAccount | undefined;
    await cache.change(KEY, async () => ({ result: 1, save: (left) => ((before = left), left!) }));
    expect(before?.refreshToken).toBe("newer");
    expect(await cache.account(KEY)).toBe(await cache.account(KEY));
  });

  test("a change that saves nothing writes nothing", async () => {
    const { cache, asked } = cacheOver();
    expect(await cache.change(KEY, async () => ({ result: 7 }))).toBe(7);
    expect(asked.filter((each) => each.startsWith("write"))).toEqual([]);
  });

  test("those of other applications and authorities are not listed", async () => {
    const { cache, inner } = cacheOver();
    await save(cache, account("h"));
    for (const key of ["d|a|h", "x|c|a|"]) await inner.write(key, (await inner.read(KEY))!);
    expect(await peopleIn(cache)).toEqual(["h"]);
  });

  test("one without a label is opened to be listed, and left out if it is damaged, which is told", async () => {
    const { cache, inner, warnings } = cacheOver();
    await inner.write(KEY, serializeAccount(account("h")));
    await inner.write("c|a|damaged", new Uint8Array([1]));
    expect(await peopleIn(cache)).toEqual(["h"]);
    expect(warnings).toMatchObject([{ detail: "cache_corrupt" }]);
    expect((await cache.listToSignOut("c|a|")).map(({ record }) => record.homeAccountId)).toEqual(["h"]);
  });

  test("waiting for the lock ends with the caller's signal, and the work does not run", async () => {
    const { cache, inner } = cacheOver();
    const controller = new AbortController();
    await inner.withLock(KEY, async () => {
      const waiting = cache.change(KEY, async () => expect.unreachable(), controller.signal);
      controller.abort();
      await expect(waiting).rejects.toMatchObject({ name: "AbortError" });
    });
  });

  test("the work runs once, whatever the lock does afterwards", async () => {
    const { cache, faults, inner, warnings } = cacheOver();
    faults.withLock = async (key, work) => {
      await inner.withLock(key, work);
      throw new Error("unlock");
    };
    let runs = 0;
    await cache.change(KEY, async () => ({ result: (runs += 1) }));
    await new Promise((resolve) => setImmediate(resolve));
    expect(runs).toBe(1);
    expect(warnings).toMatchObject([{ detail: "cache_unwritable" }]);
  });

  test("to sign out who is not there does nothing", async () => {
    const { cache, warnings, asked } = cacheOver();
    await cache.remove(KEY);
    expect(warnings).toEqual([]);
    expect(asked.filter((each) => each.startsWith("write"))).toEqual([]);
  });

  test("who has signed in while nobody was there to be signed out is signed out, for all", async () => {
    const { cache, faults, inner, other } = cacheOver();
    faults.withLock = async (key, work) => {
      faults.withLock = inner.withLock;
      await save(other, account("h", { signedInAt: 5 }));
      return inner.withLock(key, work);
    };
    await cache.remove(KEY);
    expect(await other.account(KEY)).toBeUndefined();
    expect(Buffer.from((await inner.read("signed-out"))!).toString()).toContain(`"${KEY}":5`);
  });
});

describe("a store that cannot be read", () => {
  test("leaves those who are known, of that application alone, and each once", async () => {
    const { cache, faults, warnings } = cacheOver();
    await save(cache, account("h"));
    await save(cache, { ...account("h"), record: { ...account("h").record, clientId: "d" } });
    await save(cache, account("x"));
    faults.write = broken;
    await save(cache, account("x", { signedInAt: 2 }));
    faults.list = broken;
    faults.read = broken;
    warnings.length = 0;
    expect(await peopleIn(cache)).toEqual(["h", "x"]);
    expect(await cache.account(KEY)).toEqual(account("h"));
    expect(warnings).not.toEqual([]);
  });

  test("has nobody for a process that knows of none, which is told", async () => {
    const { cache, faults, warnings } = cacheOver();
    faults.list = broken;
    expect(await peopleIn(cache)).toEqual([]);
    expect(warnings).toMatchObject([{ detail: "cache_unreadable" }]);
  });

  test("is asked once for a change", async () => {
    const { cache, faults, asked, warnings } = cacheOver();
    faults.read = broken;
    await save(cache, account("h"));
    expect(asked).toEqual([`read ${KEY}`]);
    expect(warnings).toMatchObject([{ detail: "cache_unreadable" }]);
  });

  test.each([
    ["was signed out elsewhere", ({ other }: ReturnType<typeof cacheOver>) => other.remove(KEY)],
    [
      "was damaged with all others",
      async ({ cache, faults }: ReturnType<typeof cacheOver>) => {
        faults.read = () =>
          Promise.reject(new AuthenticationError({ code: "cache", what: "x", detail: "cache_corrupt" }));
        await cache.account(KEY);
      },
    ],
    ["was damaged", ({ inner }: ReturnType<typeof cacheOver>) => inner.write(KEY, Buffer.from("junk"))],
    ["was signed out here", ({ cache }: ReturnType<typeof cacheOver>) => cache.remove(KEY)],
  ])("brings nobody back who %s before", async (_, happens) => {
    const all = cacheOver();
    await save(all.cache, account("h"));
    await happens(all);
    expect(await all.cache.account(KEY)).toBeUndefined();
    all.faults.read = broken;
    all.faults.list = broken;
    expect(await all.cache.account(KEY)).toBeUndefined();
    expect(await peopleIn(all.cache)).toEqual([]);
  });

  test("brings nobody back who was signed out here just before", async () => {
    const { cache, faults } = cacheOver();
    await save(cache, account("h"));
    await cache.remove(KEY);
    faults.read = broken;
    expect(await cache.account(KEY)).toBeUndefined();
  });

  test("leaves a change what is known to work on, and to save", async () => {
    const { cache, faults } = cacheOver();
    await save(cache, account("h"));
    faults.withLock = broken;
    let before: StoredAccount | undefined;
    const present = await cache.change(KEY, async (held) => ({
      result: held,
      save: (left) => ((before = left), left!),
    }));
    expect([present, before]).toEqual([account("h"), account("h")]);
  });
});

describe("what somebody must mend first", () => {
  test("is told before a person is asked, and by each call", async () => {
    const { cache, faults, warnings } = cacheOver();
    await cache.check();
    Object.assign(faults, { read: toMend, list: toMend });
    const refused = { code: "cache", detail: "cache_version" };
    await expect(cache.check()).rejects.toMatchObject(refused);
    await expect(cache.list("c|a|")).rejects.toMatchObject(refused);
    await expect(cache.account(KEY)).rejects.toMatchObject(refused);
    await expect(save(cache, account("h"))).rejects.toMatchObject(refused);
    expect(warnings).toEqual([]);
  });

  test("takes no sign-in away that a person has just made: from then on it is a warning", async () => {
    const { cache, faults, warnings } = cacheOver();
    Object.assign(faults, { read: toMend, list: toMend });
    await save(cache, account("h"), true);
    expect(warnings).toMatchObject([{ detail: "cache_version" }]);
    await cache.check();
    expect(await cache.account(KEY)).toEqual(account("h"));
    expect(await peopleIn(cache)).toEqual(["h"]);
    expect(await save(cache, account("h", { refreshToken: "newer" }))).toEqual(account("h"));
    expect((await cache.account(KEY))?.refreshToken).toBe("newer");
    await expect(cache.account("c|a|x")).rejects.toMatchObject({ detail: "cache_version" });
  });

  test("any other fault is a warning", async () => {
    const { cache, faults, warnings } = cacheOver();
    faults.read = broken;
    await cache.check();
    expect(warnings).toMatchObject([{ detail: "cache_unreadable" }]);
  });
});

describe("what could not be saved", () => {
  test("is what the next change works on, is tried once, and then stands in the store alone", async () => {
    const { cache, faults, warnings, other } = cacheOver();
    await save(cache, account("h"));
    faults.write = broken;
    await save(cache, account("h", { refreshToken: "unsaved" }));
    expect(warnings).toMatchObject([{ detail: "cache_unwritable" }]);
    expect((await cache.account(KEY))?.refreshToken).toBe("unsaved");
    delete faults.write;
    let before: StoredAccount | undefined;
    const present = await cache.change(KEY, async (held) => ({
      result: held,
      save: (left) => ((before = left), account("h", { refreshToken: "saved" })),
    }));
    expect([present?.refreshToken, before?.refreshToken]).toEqual(["unsaved", "unsaved"]);
    expect((await other.account(KEY))?.refreshToken).toBe("saved");
    await save(other, account("h", { refreshToken: "of another process" }));
    expect((await cache.account(KEY))?.refreshToken).toBe("of another process");
  });

  test("is saved with the next account that can be, and then stands in the store alone", async () => {
    const { cache, faults, other } = cacheOver();
    faults.write = broken;
    await save(cache, account("h", { refreshToken: "unsaved" }));
    delete faults.write;
    await save(cache, account("x"));
    expect((await other.account(KEY))?.refreshToken).toBe("unsaved");
    await save(other, account("h", { refreshToken: "of another process" }));
    expect((await cache.account(KEY))?.refreshToken).toBe("of another process");
  });

  test("stays, and that is told, where it still cannot be", async () => {
    const { cache, faults, inner, warnings } = cacheOver();
    faults.write = broken;
    await save(cache, account("h"));
    warnings.length = 0;
    faults.write = (key, ...record) => (key === KEY ? broken() : inner.write(key, ...record));
    await save(cache, account("x"));
    expect(warnings).toMatchObject([{ detail: "cache_unwritable" }]);
    expect(await cache.account(KEY)).toEqual(account("h"));
  });

  test("is not saved any more where it was signed out, here or elsewhere", async () => {
    const { cache, faults, other, warnings } = cacheOver();
    await save(other, account("h"));
    faults.write = broken;
    await save(cache, account("h"));
    await save(cache, account("i"));
    delete faults.write;
    await other.remove(KEY);
    await cache.remove("c|a|i");
    expect(await cache.account("c|a|i")).toBeUndefined();
    warnings.length = 0;
    await save(cache, account("x"));
    expect(await peopleIn(other)).toEqual(["x"]);
    expect(warnings).toEqual([]);
  });
});
