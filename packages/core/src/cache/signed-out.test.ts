import { expect, test } from "vitest";
import { AuthenticationError } from "../errors/authentication-error.ts";
import { memoryTokenCache } from "./memory-token-cache.ts";
import type { TokenCacheStore } from "./token-cache-store.ts";
import { TokenCache } from "./token-cache.ts";
import { parseSignOuts, SIGN_OUTS } from "./sign-out-record.ts";
import type { StoredAccount } from "./stored-account.ts";

const KEY = "c|a|h";

test("what a process could not save of a sign-in that another signed out does not come back", async () => {
  const { one, two, failing } = twoProcesses();
  await signIn(one, "h", 1);
  failing.two = true;
  await signIn(two, "h", 1, "renewed");
  expect((await two.account(KEY))?.refreshToken).toBe("renewed");
  await one.remove(KEY);
  expect(await two.account(KEY)).toBeUndefined();
  expect(await peopleIn(two)).toEqual([]);
  failing.two = false;
  await signIn(two, "other", 2);
  expect(await peopleIn(one)).toEqual(["other"]);
});

test("a later sign-in of the same account stays, whether it could be saved or not", async () => {
  for (const saveFails of [true, false]) {
    const { one, two, failing } = twoProcesses();
    await signIn(one, "h", 1);
    await one.remove(KEY);
    failing.two = saveFails;
    await signIn(two, "h", 2);
    failing.two = false;
    expect(await peopleIn(two)).toEqual(["h"]);
    await signIn(two, "other", 3);
    expect((await one.account(KEY))?.signedInAt).toBe(2);
  }
});

test("only the last hundred sign-outs are kept", async () => {
  const store = memoryTokenCache();
  const cache = new TokenCache(store, () => {});
  for (let n = 0; n < 102; n++) {
    await signIn(cache, `h${n}`, n);
    await cache.remove(`c|a|h${n}`);
  }
  const signedOut = parseSignOuts(await store.read(SIGN_OUTS));
  expect(Object.keys(signedOut)).toHaveLength(100);
  expect(signedOut["c|a|h101"]).toBe(101);
});

test.each(["[]", '{"version":1,"signedOut":{"a":"x"}}', '{"version":1,"signedOut":1}', "junk", "\u00ff"])(
  "a list of sign-outs that is %s is damaged: it is started anew, and costs no account",
  async (content) => {
    const store = memoryTokenCache();
    const warnings: Error[] = [];
    const cache = new TokenCache(store, (error) => warnings.push(error));
    await signIn(cache, "h", 1);
    await store.write(SIGN_OUTS, Buffer.from(content, "latin1"));
    await cache.remove(KEY);
    expect(warnings).toMatchObject([{ code: "cache", detail: "cache_corrupt" }]);
    expect(parseSignOuts(await store.read(SIGN_OUTS))).toEqual({ [KEY]: 1 });
    expect(await cache.account(KEY)).toBeUndefined();
  },
);

test("a list of sign-outs of a newer version is left alone, and nothing is signed out behind its back", async () => {
  const store = memoryTokenCache();
  const cache = new TokenCache(store, () => {});
  await signIn(cache, "h", 1);
  await store.write(SIGN_OUTS, Buffer.from('{"version":2}'));
  await expect(cache.remove(KEY)).rejects.toMatchObject({ code: "cache", detail: "cache_version" });
  expect(await cache.account(KEY)).toBeDefined();
});

test("a sign-in that came while the account was signed out is signed out with it, for all", async () => {
  const store = memoryTokenCache();
  const one = new TokenCache(store, () => {});
  const two = new TokenCache(store, () => {});
  await signIn(one, "h", 1);
  let removing: Promise<void> | undefined;
  await two.change(KEY, async () => {
    removing = one.remove(KEY);
    return { result: undefined, save: () => account("h", 2) };
  });
  await removing;
  expect(await two.account(KEY)).toBeUndefined();
  expect(parseSignOuts(await store.read(SIGN_OUTS))).toEqual({ [KEY]: 2 });
});

test("what is renewed while all is removed does not come back, and whoever signs in then is kept", async () => {
  const store = memoryTokenCache();
  let isFull = false;
  const write: TokenCacheStore["write"] = (...record) =>
    isFull ? Promise.reject(new Error("disk")) : store.write(...record);
  const cache = new TokenCache({ ...store, write }, () => {});
  await signIn(cache, "h", 1);
  isFull = true;
  await signIn(cache, "h", 1, "of a renewal that could not be saved");
  isFull = false;
  for (const person of ["h", "new"]) {
    const result = await cache.change(`c|a|${person}`, async () => {
      await store.clear();
      return { result: "token", save: () => account(person, 1) };
    });
    expect(result).toBe("token");
  }
  await signIn(cache, "other", 2);
  expect((await peopleIn(cache)).toSorted()).toEqual(["new", "other"]);
  expect(await cache.account(KEY)).toBeUndefined();
});

test.each(["it is still there", "nobody can tell whether it is there"])(
  "what was renewed and could not be saved in time is kept where %s",
  async (what) => {
    const store = memoryTokenCache();
    let isBroken = false;
    const late = (): Promise<never> =>
      Promise.reject(new AuthenticationError({ code: "cache", what: "x", detail: "cache_locked" }));
    const cache = new TokenCache(
      {
        ...store,
        write: (...record) => (isBroken ? late() : store.write(...record)),
        read: (key) =>
          isBroken && what.startsWith("nobody") ? Promise.reject(new Error("x")) : store.read(key),
      },
      () => {},
    );
    await signIn(cache, "h", 1);
    await cache.change(KEY, async () => {
      isBroken = true;
      return { result: undefined, save: () => ({ ...account("h", 1), refreshToken: "renewed" }) };
    });
    isBroken = false;
    await signIn(cache, "other", 2);
    expect((await cache.account(KEY))?.refreshToken).toBe("renewed");
  },
);

/** Two caches over one store; a save of the second can be made to fail. */
function twoProcesses() {
  const store = memoryTokenCache();
  const failing = { two: false };
  const ofTwo: TokenCacheStore = {
    ...store,
    write: (...record) => (failing.two ? Promise.reject(new Error("disk")) : store.write(...record)),
  };
  return { one: new TokenCache(store, () => {}), two: new TokenCache(ofTwo, () => {}), failing };
}

function signIn(cache: TokenCache, person: string, signedInAt: number, refreshToken = "r"): Promise<void> {
  return cache.change(`c|a|${person}`, async () => ({
    result: undefined,
    save: () => ({ ...account(person, signedInAt), refreshToken }),
  }));
}

function account(homeAccountId: string, signedInAt: number): StoredAccount {
  const record = { authority: "a", homeAccountId, clientId: "c", tenantId: "t", username: "u" };
  return { record, signedInAt, refreshToken: "r", tokens: {} };
}

async function peopleIn(cache: TokenCache): Promise<readonly string[]> {
  return (await cache.list("c|a|")).map(({ record }) => record.homeAccountId);
}
