import assert from "node:assert/strict";
import { once } from "node:events";
import type { WamRequest, WamTransport } from "../../src/index.ts";
import { inNewEnvironment, startWorker } from "./environment.ts";
import { type Scenario, silent, wamTest, windowed } from "./fake-wam.ts";

interface Failing {
  readonly name: string;
  readonly scenario: Scenario;
  readonly request?: WamRequest;
  readonly step: string;
  readonly hresult?: number;
  readonly code?: string;
}

const refused = "0x80070005";
const account = { webAccountId: "alice-id" };

const failures: readonly Failing[] = [
  {
    name: "the look-up of the provider",
    scenario: { "fail.FindAccountProviderWithAuthorityAsync": refused },
    step: "FindAccountProviderWithAuthorityAsync",
  },
  {
    name: "the look-up of the provider, which gives no operation",
    scenario: { "null.FindAccountProviderWithAuthorityAsync": 1 },
    step: "FindAccountProviderWithAuthorityAsync",
    hresult: 0x8000_4003,
  },
  {
    name: "the look-up of the provider, later",
    scenario: { "provider.error": refused },
    step: "FindAccountProviderWithAuthorityAsync.Error",
  },
  {
    name: "the provider's result",
    scenario: { "provider.results": refused },
    step: "FindAccountProviderWithAuthorityAsync.GetResults",
  },
  {
    name: "the provider, which is not there",
    scenario: { "provider.null": 1 },
    step: "FindAccountProviderWithAuthorityAsync",
    code: "WAM_PROVIDER_NOT_FOUND",
  },
  {
    name: "the look-up of the account",
    scenario: { "fail.FindAccountAsync": refused },
    request: silent(account),
    step: "FindAccountAsync",
  },
  {
    name: "the look-up of the account, later",
    scenario: { "findAccount.error": refused },
    request: silent(account),
    step: "FindAccountAsync.Error",
  },
  {
    name: "the creation of the request",
    scenario: { "fail.CreateWithPromptType": refused },
    step: "WebTokenRequest.CreateWithPromptType",
  },
  {
    name: "the request, which is not there",
    scenario: { "null.CreateWithPromptType": 1 },
    step: "WebTokenRequest.CreateWithPromptType",
    hresult: 0x8000_4003,
  },
  {
    name: "the property bag",
    scenario: { "fail.get_Properties": refused },
    step: "WebTokenRequest.Properties",
  },
  { name: "a property", scenario: { "fail.Insert": refused }, step: "WebTokenRequest.Properties" },
  {
    name: "the correlation id",
    scenario: { "fail.put_CorrelationId": refused },
    request: silent({ correlationId: "c" }),
    step: "WebTokenRequest.CorrelationId",
  },
  {
    name: "the silent call without an operation",
    scenario: { "null.GetTokenSilentlyAsync": 1 },
    step: "GetTokenSilentlyAsync",
    hresult: 0x8000_4003,
  },
  {
    name: "the silent call, later",
    scenario: { "token.error": refused },
    step: "GetTokenSilentlyAsync.Error",
  },
  {
    name: "the silent call, ended by Windows",
    scenario: { "token.canceled": 1 },
    step: "GetTokenSilentlyAsync.Canceled",
    hresult: 0x8007_04c7,
  },
  { name: "the result", scenario: { "token.results": refused }, step: "GetTokenSilentlyAsync.GetResults" },
  {
    name: "the result, which is not there",
    scenario: { "token.null": 1 },
    step: "GetTokenSilentlyAsync",
    hresult: 0x8000_4003,
  },
  {
    name: "the status",
    scenario: { "fail.get_ResponseStatus": refused },
    step: "WebTokenRequestResult.ResponseStatus",
  },
  {
    name: "the invalidation",
    scenario: { "invalidate.error": refused },
    request: silent({ invalidateFirst: true }),
    step: "InvalidateCacheAsync.Error",
  },
  {
    name: "the dialog's call",
    scenario: { "fail.RequestTokenForWindowAsync": refused },
    request: windowed(),
    step: "RequestTokenForWindowAsync",
  },
  {
    name: "the dialog's call for an account, later",
    scenario: { accounts: "alice", "token.error": refused },
    request: windowed(account),
    step: "RequestTokenWithWebAccountForWindowAsync.Error",
  },
];

for (const {
  name,
  scenario,
  request = silent(),
  step,
  code = "WAM_HRESULT",
  hresult = 0x8007_0005,
} of failures) {
  wamTest(`what fails is named: ${name}`, scenario, async (wam) => {
    await assert.rejects(wam.request(request), {
      name: "WamError",
      code,
      step,
      ...(code === "WAM_HRESULT" ? { hresult } : {}),
    });
  });
}

// Class missing, service disabled, refused, server gone, no logon session, cancelled, spurious activation.
for (const hresult of [
  0x8004_0154, 0x8007_0422, 0x8007_0005, 0x8007_06ba, 0x8007_0520, 0x8007_04c7, 0x8008_0300,
]) {
  const text = `0x${hresult.toString(16)}`;
  wamTest(`${text} from the call`, { "fail.GetTokenSilentlyAsync": text }, async (wam) => {
    await assert.rejects(wam.request(silent()), { step: "GetTokenSilentlyAsync", hresult });
  });
  wamTest(`${text} from the ended operation`, { "token.error": text }, async (wam) => {
    await assert.rejects(wam.request(silent()), { step: "GetTokenSilentlyAsync.Error", hresult });
  });
}

wamTest("an operation that failed without saying how", { "token.error": 0 }, async (wam) => {
  await assert.rejects(wam.request(silent()), { step: "GetTokenSilentlyAsync.Error", hresult: 0x8000_ffff });
});

const provider = { operationId: 1, providerAuthority: "organizations" };
const operations: Readonly<Partial<Record<keyof WamTransport, object>>> = {
  request: silent(),
  defaultAccountKind: { operationId: 1 },
  listAccounts: { ...provider, clientId: "c" },
  findAccount: { ...provider, webAccountId: "a" },
  signOut: { ...provider, webAccountId: "a", clientId: "c" },
  pickProvider: { operationId: 1, kinds: ["consumers"], windowHandle: 0n },
};
for (const [method, argument] of Object.entries(operations)) {
  wamTest(`${method} without the class`, { "fail.WebAuthenticationCoreManager": "0x80040154" }, async () => {
    assert.deepEqual(await inNewEnvironment(method as keyof WamTransport, argument), {
      error: {
        name: "WamError",
        code: "WAM_HRESULT",
        step: "WebAuthenticationCoreManager",
        hresult: 0x8004_0154,
      },
    });
  });
}

wamTest("the request's class", { "fail.WebTokenRequest": refused }, async () => {
  const { error } = await inNewEnvironment("request", silent());
  assert.deepEqual([error?.["step"], error?.["hresult"]], ["WebTokenRequest", 0x8007_0005]);
});

wamTest("a class that was refused is asked for again", { "fail.WebTokenRequest": refused }, async () => {
  const worker = startWorker("two-requests.ts", "token.token=second");
  assert.deepEqual(await once(worker, "message"), [["WAM_HRESULT", "second"]]);
  await worker.terminate();
});

wamTest("after a failure the next call works", { "fail.GetTokenSilentlyAsync": refused }, async (wam) => {
  await assert.rejects(wam.request(silent()), { hresult: 0x8007_0005 });
  process.env["FAKE_WAM_SCENARIO"] = "";
  assert.equal((await wam.request(silent())).status, 0);
});
