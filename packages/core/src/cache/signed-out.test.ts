import { expect, test } from "vitest";
import { memoryTokenCache } from "./memory-token-cache.ts";
import type { TokenCacheStore } from "./token-cache-store.ts";
import { TokenCache } from "./token-cache.ts";
import { parseDocument } from "./document-format.ts";
import type { StoredAccount } from "./stored-account.ts";
import { accountIn, withoutAccount } from "./token-document.ts";

const KEY = "c|a|h";

test("what a process could not save of a sign-in that another signed out does not come back", async () => {
  const { one, two, failing } = twoProcesses();
  await signIn(one, "h", 1);
  failing.two = true;
  await signIn(two, "h", 1, "renewed");
  expect(accountIn(await two.load(), KEY)?.refreshToken).toBe("renewed");
  await one.remove(KEY, (document) => withoutAccount(document, KEY));
  expect([...(await two.load()).accounts.keys()]).toEqual([]);
  failing.two = false;
  await signIn(two, "other", 2);
  expect([...(await one.load()).accounts.keys()]).toEqual(["c|a|other"]);
});

test("a later sign-in of the same account stays, whether it could be saved or not", async () => {
  for (const saveFails of [true, false]) {
    const { one, two, failing } = twoProcesses();
    await signIn(one, "h", 1);
    await one.remove(KEY, (document) => withoutAccount(document, KEY));
    failing.two = saveFails;
    await signIn(two, "h", 2);
    failing.two = false;
    expect([...(await two.load()).accounts.keys()]).toEqual([KEY]);
    await signIn(two, "other", 3);
    expect(accountIn(await one.load(), KEY)?.signedInAt).toBe(2);
  }
});

test("only the last hundred sign-outs are kept", async () => {
  const store = memoryTokenCache();
  const cache = new TokenCache(store, () => {});
  for (let n = 0; n < 102; n++) {
    await signIn(cache, `h${n}`, n);
    await cache.remove(`c|a|h${n}`, (document) => withoutAccount(document, `c|a|h${n}`));
  }
  const { signedOut } = parseDocument((await store.read())!, () => {});
  expect(Object.keys(signedOut)).toHaveLength(100);
  expect(signedOut["c|a|h101"]).toBe(101);
});

test.each([{ signedOut: [] }, { signedOut: { a: "x" } }, { signedOut: 1 }])("%j is damaged", (part) => {
  const bytes = Buffer.from(JSON.stringify({ version: 1, accounts: {}, ...part }));
  expect(() => parseDocument(bytes, () => {})).toThrow(expect.objectContaining({ detail: "cache_corrupt" }));
});

/** Two caches over one store; a save of the second can be made to fail. */
function twoProcesses() {
  const store = memoryTokenCache();
  const failing = { two: false };
  const ofTwo: TokenCacheStore = {
    ...store,
    write: (data) => (failing.two ? Promise.reject(new Error("disk")) : store.write(data)),
  };
  return { one: new TokenCache(store, () => {}), two: new TokenCache(ofTwo, () => {}), failing };
}

function signIn(cache: TokenCache, person: string, signedInAt: number, refreshToken = "r"): Promise<void> {
  return cache.change(async () => ({
    result: undefined,
    save: { key: `c|a|${person}`, account: () => ({ ...account(person, signedInAt), refreshToken }) },
  }));
}

function account(homeAccountId: string, signedInAt: number): StoredAccount {
  const record = { authority: "a", homeAccountId, clientId: "c", tenantId: "t", username: "u" };
  return { record, signedInAt, refreshToken: "r", tokens: {} };
}
