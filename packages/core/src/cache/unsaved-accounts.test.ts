import { expect, test } from "vitest";
import { AuthenticationError } from "../errors/authentication-error.ts";
import { memoryTokenCache } from "./memory-token-cache.ts";
import { SignOuts } from "./sign-outs.ts";
import type { StoredAccount } from "./stored-account.ts";
import { UnsavedAccounts } from "./unsaved-accounts.ts";

const record = { authority: "a", homeAccountId: "h", clientId: "c", tenantId: "t", username: "u" };
const account: StoredAccount = { record, signedInAt: 1, tokens: {} };

test("accounts are there until they are taken away, and found by how their keys begin", async () => {
  const unsaved = new UnsavedAccounts(undefined, () => expect.unreachable());
  expect(unsaved.isEmpty).toBe(true);
  unsaved.set("c|a|h", account);
  unsaved.set("d|a|h", account);
  expect([unsaved.isEmpty, unsaved.has("c|a|h"), unsaved.has("c|a|i")]).toEqual([false, true, false]);
  expect([...unsaved.keys()]).toEqual(["c|a|h", "d|a|h"]);
  expect(unsaved.current("c|a|h")).toBe(account);
  expect([...(await unsaved.list("c|a|"))]).toEqual([["c|a|h", account]]);
  unsaved.delete("c|a|h");
  unsaved.delete("d|a|h");
  expect([unsaved.isEmpty, unsaved.has("c|a|h")]).toEqual([true, false]);
});

test("one that was signed out meanwhile is gone for good", async () => {
  const signOuts = new SignOuts(memoryTokenCache(), () => expect.unreachable());
  const unsaved = new UnsavedAccounts(signOuts, () => expect.unreachable());
  unsaved.set("c|a|h", account);
  expect(await unsaved.get("c|a|h")).toBe(account);
  await signOuts.add("c|a|h", 1);
  expect(await unsaved.get("c|a|h")).toBeUndefined();
  expect(unsaved.isEmpty).toBe(true);
});

test.each(["cache_unreadable", "cache_version"])(
  "one is served where nobody can tell whether it was signed out (%s), and that is told",
  async (detail) => {
    const read = (): Promise<never> =>
      Promise.reject(new AuthenticationError({ code: "cache", what: "x", detail }));
    const told: Error[] = [];
    const signOuts = new SignOuts({ ...memoryTokenCache(), read }, (error) => told.push(error));
    const unsaved = new UnsavedAccounts(signOuts, (error) => told.push(error));
    unsaved.set("c|a|h", account);
    expect(await unsaved.get("c|a|h")).toBe(account);
    expect(told).toMatchObject([{ detail }]);
  },
);
