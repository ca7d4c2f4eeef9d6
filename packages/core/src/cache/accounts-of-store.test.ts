import { describe, expect, test } from "vitest";
import { serializeAccount } from "./account-record.ts";
import { AccountsOfStore, type KnownAccounts } from "./accounts-of-store.ts";
import { labelOf } from "./account-label.ts";
import { memoryTokenCache } from "./memory-token-cache.ts";
import type { StoredAccount } from "./stored-account.ts";
import type { TokenCacheStore } from "./token-cache-store.ts";

function account(homeAccountId: string): StoredAccount {
  const record = { authority: "a", homeAccountId, clientId: "c", tenantId: "t", username: "u" };
  return { record, signedInAt: 1, tokens: {} };
}

async function storeWith(
  ...records: readonly (readonly [string, Uint8Array, string?])[]
): Promise<TokenCacheStore> {
  const store = memoryTokenCache();
  for (const [key, data, label] of records) await store.withLock(key, () => store.write(key, data, label));
  return store;
}

const H = "c|a|h";
const written = serializeAccount(account("h"));
const label = labelOf(H, account("h"));

describe("an account of a store", () => {
  test("is parsed once for all that read the same bytes, and anew for others", async () => {
    const store = await storeWith([H, written]);
    let bytes: Uint8Array = written;
    const accounts = new AccountsOfStore({ ...store, read: async () => bytes });
    const first = await accounts.account(H);
    expect(first).toEqual(account("h"));
    expect(await accounts.account(H)).toBe(first);
    bytes = Uint8Array.from(written);
    const second = await accounts.account(H);
    expect(second).toEqual(first);
    expect(second).not.toBe(first);
  });

  test.each([undefined, null])("that is %s is none, and is no longer known", async (nothing) => {
    const known: KnownAccounts = new Map([[H, { bytes: written, account: account("h") }]]);
    const store = { ...memoryTokenCache(), read: async () => nothing as undefined };
    expect(await new AccountsOfStore(store, known).account(H)).toBeUndefined();
    expect(known.size).toBe(0);
  });

  test("that is damaged is an error, and is no longer known", async () => {
    const known: KnownAccounts = new Map([[H, { bytes: written, account: account("h") }]]);
    const accounts = new AccountsOfStore(await storeWith([H, Buffer.from("{")]), known);
    await expect(accounts.account(H)).rejects.toMatchObject({ detail: "cache_corrupt" });
    expect(known.size).toBe(0);
  });
});

describe("the accounts of a store", () => {
  test("are listed by their labels, and opened where there is none", async () => {
    const store = await storeWith(
      [H, Buffer.from("not opened"), label],
      ["c|a|x", serializeAccount(account("x"))],
      ["c|b|h", written, label],
    );
    const listed = await new AccountsOfStore(store).list("c|a|");
    expect(listed.map(({ record }) => record.homeAccountId).sort()).toEqual(["h", "x"]);
    const without = await new AccountsOfStore(store).list("c|a|", new Map([[H, 1]]));
    expect(without.map(({ record }) => record.homeAccountId)).toEqual(["x"]);
  });

  test("are without those that cannot be opened", async () => {
    const store = await storeWith([H, written], ["c|a|x", written, label]);
    const listed = await new AccountsOfStore(store).list("c|a|", undefined, async () => undefined);
    expect(listed).toHaveLength(1);
  });

  test("are none where the store says so in its own way", async () => {
    const store = { ...memoryTokenCache(), list: async () => null as never };
    expect(await new AccountsOfStore(store).list("c|a|")).toEqual([]);
  });
});
