import assert from "node:assert/strict";
import type { WamProbe } from "../../src/index.ts";
import { inNewEnvironment } from "./environment.ts";
import { callOf, operationId, silent, wamTest, windowed } from "./fake-wam.ts";

wamTest("a complete Windows", {}, (wam) => {
  const { available, reason, hresult, build, productType, serverCore, sessionId, features } = wam.probe();
  assert.deepEqual(
    { available, reason, hresult, productType, serverCore },
    {
      available: true,
      reason: undefined,
      hresult: undefined,
      productType: "workstation",
      serverCore: false,
    },
  );
  assert.ok(build >= 15_063, `build ${build}`);
  assert.notEqual(sessionId, 0);
  assert.equal(features.listAccounts, true);
  assert.equal(features.window, true);
  assert.equal(features.correlationId, true);
});

wamTest("the class is missing", { "fail.WebAuthenticationCoreManager": "0x80040154" }, async () => {
  const { value } = await inNewEnvironment("probe");
  const { available, reason, hresult, features } = value as WamProbe;
  assert.deepEqual(
    { available, reason, hresult },
    { available: false, reason: "wam_missing", hresult: 0x8004_0154 },
  );
  assert.deepEqual(features, {
    listAccounts: false,
    window: false,
    correlationId: false,
    accountPicker: false,
  });
});

wamTest("a Windows without account listing", { without: "Manager4" }, async (wam) => {
  assert.equal(wam.probe().features.listAccounts, false);
  const list = { operationId: operationId(), providerAuthority: "organizations", clientId: "c" };
  await assert.rejects(wam.listAccounts(list), {
    code: "WAM_HRESULT",
    step: "FindAllAccountsWithClientIdAsync",
    hresult: 0x8000_4002,
  });
  assert.equal((await wam.request(silent())).status, 0);
});

wamTest("a Windows without dialogs for windows", { without: "ManagerInterop" }, async (wam) => {
  assert.equal(wam.probe().features.window, false);
  await assert.rejects(wam.request(windowed()), {
    code: "WAM_HRESULT",
    step: "RequestTokenForWindowAsync",
    hresult: 0x8000_4002,
  });
});

wamTest("a Windows without correlation ids leaves them out", { without: "TokenRequest3" }, async (wam) => {
  assert.equal((await wam.request(silent({ correlationId: "c" }))).status, 0);
  assert.equal(callOf("GetTokenSilentlyAsync")["correlationId"], "");
});

wamTest("a Windows without app properties refuses them", { without: "TokenRequest2" }, async (wam) => {
  await assert.rejects(wam.request(silent({ appProperties: { shr_u: "host" } })), {
    step: "WebTokenRequest.AppProperties",
    hresult: 0x8000_4002,
  });
  assert.equal((await wam.request(silent({ appProperties: {} }))).status, 0);
});
