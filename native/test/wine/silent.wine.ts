import assert from "node:assert/strict";
import { WamRequestStatus } from "../../src/index.ts";
import { callNames, callOf, operationId, silent, wamTest } from "./fake-wam.ts";

const alice = {
  accounts: "alice",
  "account.alice.id": "aad-alice",
  "account.alice.user": "alice@contoso.example",
  "account.alice.prop.OID": "11111111-1111-1111-1111-111111111111",
  "account.alice.prop.TenantId": "22222222-2222-2222-2222-222222222222",
};

wamTest(
  "the default account: what is sent and what comes back",
  {
    ...alice,
    "token.token": "an-access-token",
    "token.account": "alice",
    "token.prop.wamcompat_client_info": "eyJ1aWQiOiIxIn0",
    "token.prop.TokenExpiresOn": "13400000000",
  },
  async (wam) => {
    const result = await wam.request(
      silent({
        properties: { wam_compat: "2.0", claims: '{"access_token":{}}' },
        appProperties: { shr_u: "host" },
        correlationId: "33333333-3333-3333-3333-333333333333",
      }),
    );
    assert.deepEqual(result, {
      status: WamRequestStatus.success,
      responses: [
        {
          token: "an-access-token",
          properties: { wamcompat_client_info: "eyJ1aWQiOiIxIn0", TokenExpiresOn: "13400000000" },
          account: {
            id: "aad-alice",
            userName: "alice@contoso.example",
            state: 1,
            properties: {
              OID: "11111111-1111-1111-1111-111111111111",
              TenantId: "22222222-2222-2222-2222-222222222222",
            },
          },
        },
      ],
    });
    assert.deepEqual(callNames(), ["FindAccountProviderWithAuthorityAsync", "GetTokenSilentlyAsync"]);
    assert.deepEqual(callOf("FindAccountProviderWithAuthorityAsync"), {
      call: "FindAccountProviderWithAuthorityAsync",
      id: "https://login.microsoft.com",
      authority: "https://login.microsoftonline.com/organizations",
    });
    assert.deepEqual(callOf("GetTokenSilentlyAsync"), {
      call: "GetTokenSilentlyAsync",
      authority: "https://login.microsoftonline.com/organizations",
      scope: "https://management.core.windows.net//.default offline_access openid profile",
      clientId: "04b07795-8ddb-461a-bbee-02f9e1bf7b46",
      promptType: 0,
      correlationId: "33333333-3333-3333-3333-333333333333",
      properties: { wam_compat: "2.0", claims: '{"access_token":{}}' },
      appProperties: { shr_u: "host" },
    });
  },
);

wamTest("a given account is found first", alice, async (wam) => {
  const result = await wam.request(silent({ webAccountId: "aad-alice" }));
  assert.equal(result.status, WamRequestStatus.success);
  assert.deepEqual(callNames(), [
    "FindAccountProviderWithAuthorityAsync",
    "FindAccountAsync",
    "GetTokenSilentlyWithWebAccountAsync",
  ]);
  assert.equal(callOf("GetTokenSilentlyWithWebAccountAsync")["account"], "aad-alice");
});

wamTest("an account that is gone is not replaced by the default one", alice, async (wam) => {
  await assert.rejects(wam.request(silent({ webAccountId: "aad-bob" })), {
    name: "WamError",
    code: "WAM_ACCOUNT_NOT_FOUND",
    step: "FindAccountAsync",
  });
  assert.deepEqual(callNames(), ["FindAccountProviderWithAuthorityAsync", "FindAccountAsync"]);
});

for (const status of [1, 2, 3, 4, 5, 6, 99, -1]) {
  wamTest(
    `status ${status} is a result`,
    { "token.status": status, "token.code": "0xCAA10001", "token.message": "needs \u00fci" },
    async (wam) => {
      assert.deepEqual(await wam.request(silent()), {
        status,
        error: { errorCode: 0xcaa1_0001, errorMessage: "needs \u00fci", errorProperties: {} },
        responses: [],
      });
    },
  );
}

const codes = [
  0xcaa1_0001, 0xcaa1_0006, 0xcaa2_0001, 0xcaa2_0002, 0xcaa2_0003, 0xcaa2_0004, 0xcaa2_0005, 0xcaa2_0007,
  0xcaa2_0008, 0xcaa2_0009, 0xcaa2_000b, 0xcaa2_000c, 0xcaa3_0194, 0xcaa7_0007, 0xcaa8_2ee2, 0xcaa8_2ee7,
  0xcaa8_2efd, 0xcaa8_2efe, 0xcaa8_2f8f, 0x8007_04cf, 0x8009_0016, 0x8009_0030, 0x8028_4001, 0x8028_008b,
  0xcaad_0001, 0x8008_0300, 0x8007_0520, 0x8086_0005, 0x8086_000c, 0xcaab_0002, 0xcaab_0003, 0xffff_ffff, 0,
];
for (const code of codes) {
  for (const authority of ["https://login.microsoftonline.com/contoso.example", "consumers"]) {
    wamTest(
      `provider error 0x${code.toString(16)} of ${authority}`,
      { "token.status": 5, "token.code": `0x${code.toString(16)}`, "token.errorProp.correlationId": "c" },
      async (wam) => {
        assert.deepEqual(await wam.request(silent({ providerAuthority: authority })), {
          status: WamRequestStatus.providerError,
          error: { errorCode: code, errorMessage: "", errorProperties: { correlationId: "c" } },
          responses: [],
        });
      },
    );
  }
}

wamTest(
  "account switch with data keeps the data",
  { "token.status": 2, "token.responses": 1 },
  async (wam) => {
    const { status, responses } = await wam.request(silent());
    assert.equal(status, WamRequestStatus.accountSwitch);
    assert.equal(responses[0]?.token, "access-token");
  },
);

wamTest("success without data", { "token.responses": 0 }, async (wam) => {
  assert.deepEqual(await wam.request(silent()), { status: 0, responses: [] });
});

wamTest("success with a null vector", { "token.nullData": 1 }, async (wam) => {
  assert.deepEqual(await wam.request(silent()), { status: 0, responses: [] });
});

wamTest(
  "a response without account and without a property bag",
  { "token.nullProperties": 1 },
  async (wam) => {
    assert.deepEqual(await wam.request(silent()), {
      status: 0,
      responses: [{ token: "access-token", properties: {} }],
    });
  },
);

wamTest(
  "an error beside the token",
  { "token.response.code": "0xCAA20003", "token.response.message": "partial" },
  async (wam) => {
    const { responses } = await wam.request(silent());
    assert.deepEqual(responses[0]?.error, {
      errorCode: 0xcaa2_0003,
      errorMessage: "partial",
      errorProperties: {},
    });
  },
);

wamTest("several responses keep their order and number", { "token.responses": 3 }, async (wam) => {
  assert.equal((await wam.request(silent())).responses.length, 3);
});

wamTest(
  "a personal account's answer is handed on as it is",
  { "token.token": "access_token=a%2Bb&token_type=bearer&expires_in=3600&scope=openid+profile&id_token=" },
  async (wam) => {
    const { responses } = await wam.request(silent({ providerAuthority: "consumers" }));
    assert.equal(
      responses[0]?.token,
      "access_token=a%2Bb&token_type=bearer&expires_in=3600&scope=openid+profile&id_token=",
    );
  },
);

wamTest(
  "a guest: what the account says and what the answer says are both there",
  { ...alice, "token.account": "alice", "token.prop.wamcompat_client_info": "another-home" },
  async (wam) => {
    const [response] = (await wam.request(silent())).responses;
    assert.equal(response?.properties["wamcompat_client_info"], "another-home");
    assert.equal(response?.account?.properties["TenantId"], "22222222-2222-2222-2222-222222222222");
  },
);

wamTest("invalidateFirst asks, invalidates and asks again", {}, async (wam) => {
  const { responses } = await wam.request(silent({ invalidateFirst: true }));
  assert.equal(responses.length, 1);
  assert.deepEqual(callNames(), [
    "FindAccountProviderWithAuthorityAsync",
    "GetTokenSilentlyAsync",
    "InvalidateCacheAsync",
    "GetTokenSilentlyAsync",
  ]);
});

wamTest("invalidateFirst invalidates nothing that was not got", { "token.status": 3 }, async (wam) => {
  assert.equal((await wam.request(silent({ invalidateFirst: true }))).status, 3);
  assert.deepEqual(callNames(), ["FindAccountProviderWithAuthorityAsync", "GetTokenSilentlyAsync"]);
});

for (const kind of ["organizations", "consumers"] as const) {
  wamTest(`the default account is of the kind ${kind}`, { default: kind }, async (wam) => {
    assert.equal(await wam.defaultAccountKind({ operationId: operationId() }), kind);
    assert.equal(callOf("FindAccountProviderAsync")["id"], "https://login.windows.local");
  });
}

wamTest("there is no default account", { default: "none" }, async (wam) => {
  assert.equal(await wam.defaultAccountKind({ operationId: operationId() }), null);
});

wamTest(
  "an error whose properties cannot be read keeps its status, its code and its words",
  {
    "token.status": 1,
    "token.code": "0xCAAB0002",
    "token.message": "no",
    "fail.WebProviderError.Properties": "0x80070005",
  },
  async (wam) => {
    assert.deepEqual(await wam.request(silent()), {
      status: 1,
      error: { errorCode: 0xcaab_0002, errorMessage: "no", errorProperties: {} },
      responses: [],
    });
  },
);
