import assert from "node:assert/strict";
import { callNames, callOf, operationId, waitForCall, wamTest } from "./fake-wam.ts";
import { observer } from "./observer.ts";

const both = ["organizations", "consumers"] as const;

for (const complete of ["inline", "raw", "pumped"]) {
  for (const kind of both) {
    wamTest(
      `the person chooses ${kind} (${complete})`,
      { "pane.choose": kind, "pane.complete": complete },
      async (wam) => {
        assert.equal(await wam.pickProvider({ operationId: operationId(), kinds: both }), kind);
        assert.deepEqual(callOf("ShowAddAccountForWindowAsync")["rows"], both);
        assert.equal(callNames().filter((name) => name === "Deferral.Complete").length, 1);
      },
    );
  }
}

wamTest("the person closes the pane", { "pane.choose": "none" }, async (wam) => {
  assert.equal(await wam.pickProvider({ operationId: operationId(), kinds: both }), null);
});

wamTest("the rows come in the order that was asked for", {}, async (wam) => {
  await wam.pickProvider({ operationId: operationId(), kinds: ["consumers", "organizations"] });
  assert.deepEqual(callOf("ShowAddAccountForWindowAsync")["rows"], ["consumers", "organizations"]);
});

wamTest("one row", { "pane.choose": "consumers" }, async (wam) => {
  assert.equal(await wam.pickProvider({ operationId: operationId(), kinds: ["consumers"] }), "consumers");
  assert.deepEqual(callOf("ShowAddAccountForWindowAsync")["rows"], ["consumers"]);
});

wamTest("the window may be another's", { "pane.choose": "consumers" }, async (wam) => {
  const windowHandle = observer.createWindow(true);
  assert.equal(
    await wam.pickProvider({ operationId: operationId(), kinds: both, windowHandle }),
    "consumers",
  );
  observer.destroyWindow(windowHandle);
});

for (const cancel of ["honour", "ignore"]) {
  wamTest(
    `cancelling closes the pane, which Windows will ${cancel}`,
    { "pane.complete": "manual", "pane.cancel": cancel },
    async (wam) => {
      const id = operationId();
      const promise = wam.pickProvider({ operationId: id, kinds: both });
      waitForCall("ShowAddAccountForWindowAsync");
      assert.equal(wam.cancel(id), true);
      await assert.rejects(promise, { code: "WAM_CANCELLED", step: "pickProvider" });
      waitForCall("Cancel");
      if (cancel === "ignore") assert.ok(observer.end("pane"));
    },
  );
}

const refused = "0x80070005";
const failures: Readonly<Record<string, { scenario: Record<string, string | number>; step: string }>> = {
  "the pane's class": { scenario: { "fail.AccountsSettingsPane": refused }, step: "AccountsSettingsPane" },
  "the pane": { scenario: { "fail.GetForWindow": refused }, step: "GetForWindow" },
  "the call": {
    scenario: { "fail.ShowAddAccountForWindowAsync": refused },
    step: "ShowAddAccountForWindowAsync",
  },
  "the call, later": { scenario: { "pane.error": refused }, step: "ShowAddAccountForWindowAsync.Error" },
  "a row": {
    scenario: { "fail.CreateWebAccountProviderCommand": refused },
    step: "ShowAddAccountForWindowAsync",
  },
};
for (const [name, { scenario, step }] of Object.entries(failures)) {
  wamTest(`what fails is named: ${name}`, scenario, async (wam) => {
    await assert.rejects(wam.pickProvider({ operationId: operationId(), kinds: both }), {
      name: "WamError",
      code: "WAM_HRESULT",
      step,
      hresult: 0x8007_0005,
    });
  });
}

wamTest("a provider that is not there", { "provider.null": 1 }, async (wam) => {
  await assert.rejects(wam.pickProvider({ operationId: operationId(), kinds: both }), {
    code: "WAM_PROVIDER_NOT_FOUND",
  });
  assert.ok(!callNames().includes("ShowAddAccountForWindowAsync"));
});

for (const [missing, there] of [
  ["consumers", "organizations"],
  ["organizations", "consumers"],
] as const) {
  wamTest(
    `no provider for ${missing}: the row that is there`,
    { "provider.without": missing, "pane.choose": there },
    async (wam) => {
      assert.equal(await wam.pickProvider({ operationId: operationId(), kinds: both }), there);
      assert.deepEqual(callOf("ShowAddAccountForWindowAsync")["rows"], [there]);
    },
  );
}
