import assert from "node:assert/strict";
import { WamListStatus } from "../../src/index.ts";
import { callNames, callOf, operationId, wamTest } from "./fake-wam.ts";

const people = {
  accounts: "alice bob carol",
  "account.alice.prop.OID": "1",
  "account.bob.state": 2,
  "account.carol.kind": "consumers",
};
const organizations = { providerAuthority: "organizations" };

wamTest("listing gives the accounts of the provider, with their properties", people, async (wam) => {
  const result = await wam.listAccounts({ operationId: operationId(), ...organizations, clientId: "client" });
  assert.deepEqual(result, {
    status: WamListStatus.success,
    accounts: [
      { id: "alice-id", userName: "alice@contoso.example", state: 1, properties: { OID: "1" } },
      { id: "bob-id", userName: "bob@contoso.example", state: 2, properties: {} },
    ],
  });
  assert.deepEqual(callOf("FindAllAccountsWithClientIdAsync"), {
    call: "FindAllAccountsWithClientIdAsync",
    authority: "organizations",
    clientId: "client",
  });
});

wamTest("listing nobody", {}, async (wam) => {
  const result = await wam.listAccounts({ operationId: operationId(), ...organizations, clientId: "client" });
  assert.deepEqual(result, { status: 0, accounts: [] });
});

for (const status of [1, 2, 3, 7]) {
  wamTest(
    `listing status ${status} is a result`,
    { ...people, "findAll.consumersStatus": status, "findAll.code": "0x80070005", "findAll.message": "no" },
    async (wam) => {
      const consumers = { operationId: operationId(), providerAuthority: "consumers", clientId: "client" };
      assert.deepEqual(await wam.listAccounts(consumers), {
        status,
        error: { errorCode: 0x8007_0005, errorMessage: "no", errorProperties: {} },
        accounts: [],
      });
    },
  );
}

wamTest("finding an account by its id", people, async (wam) => {
  const account = await wam.findAccount({
    operationId: operationId(),
    ...organizations,
    webAccountId: "alice-id",
  });
  assert.deepEqual(account, {
    id: "alice-id",
    userName: "alice@contoso.example",
    state: 1,
    properties: { OID: "1" },
  });
});

wamTest("an account that is gone is null", people, async (wam) => {
  const gone = { operationId: operationId(), ...organizations, webAccountId: "carol-id" };
  assert.equal(await wam.findAccount(gone), null);
});

wamTest("signing out of an account", people, async (wam) => {
  const signOut = {
    operationId: operationId(),
    ...organizations,
    webAccountId: "bob-id",
    clientId: "client",
  };
  assert.equal(await wam.signOut(signOut), true);
  assert.deepEqual(callNames(), [
    "FindAccountProviderWithAuthorityAsync",
    "FindAccountAsync",
    "SignOutWithClientIdAsync",
  ]);
  assert.deepEqual(callOf("SignOutWithClientIdAsync"), {
    call: "SignOutWithClientIdAsync",
    account: "bob-id",
    clientId: "client",
  });
});

wamTest("signing out of an account that is gone", people, async (wam) => {
  const signOut = {
    operationId: operationId(),
    ...organizations,
    webAccountId: "dave-id",
    clientId: "client",
  };
  assert.equal(await wam.signOut(signOut), false);
});

wamTest("a sign-out that Windows refuses", { ...people, "signOut.error": "0x80070005" }, async (wam) => {
  const signOut = {
    operationId: operationId(),
    ...organizations,
    webAccountId: "bob-id",
    clientId: "client",
  };
  await assert.rejects(wam.signOut(signOut), {
    code: "WAM_HRESULT",
    step: "SignOutWithClientIdAsync.Error",
    hresult: 0x8007_0005,
  });
});

wamTest("another provider id is passed on", {}, async (wam) => {
  const find = { operationId: operationId(), providerId: "https://example.test", ...organizations };
  await wam.findAccount({ ...find, webAccountId: "x" });
  assert.equal(callOf("FindAccountProviderWithAuthorityAsync")["id"], "https://example.test");
});
