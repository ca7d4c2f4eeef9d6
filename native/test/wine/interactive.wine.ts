import assert from "node:assert/strict";
import { Buffer } from "node:buffer";
import { WamPromptType, type WindowHandle } from "../../src/index.ts";
import { callNames, callOf, wamTest, windowed } from "./fake-wam.ts";
import { observer } from "./observer.ts";

function bytesOf(handle: bigint, size: 4 | 8): Buffer {
  const bytes = Buffer.alloc(8);
  bytes.writeBigUInt64LE(handle);
  return bytes.subarray(0, size);
}

const forms: Readonly<Record<string, (handle: bigint) => WindowHandle>> = {
  "a bigint": (handle) => handle,
  "a number": (handle) => Number(handle),
  "8 bytes": (handle) => bytesOf(handle, 8),
  "4 bytes": (handle) => bytesOf(handle, 4),
};
for (const [form, handleAs] of Object.entries(forms)) {
  wamTest(`a window given as ${form} owns the dialog`, {}, async (wam) => {
    const window = observer.createWindow(false);
    const windowHandle = handleAs(window);
    assert.deepEqual(wam.resolveWindowHandle(windowHandle), { handle: window, source: "given" });
    assert.equal((await wam.request(windowed({ windowHandle }))).status, 0);
    assert.equal(callOf("RequestTokenForWindowAsync")["window"], Number(window));
    assert.ok(observer.destroyWindow(window));
  });
}

const none: Readonly<Record<string, WindowHandle | undefined>> = {
  "no handle": undefined,
  "the console": "console",
  zero: 0,
  "the one-byte zero of msal-node": Buffer.from([0]),
  "a number that names no window": 0x7fff_fff0,
};
for (const [name, windowHandle] of Object.entries(none)) {
  wamTest(`${name} leaves the choice to the addon`, {}, async (wam) => {
    const chosen = wam.resolveWindowHandle(windowHandle);
    assert.notEqual(chosen.source, "given");
    const request = windowHandle === undefined ? windowed() : windowed({ windowHandle });
    assert.equal((await wam.request(request)).status, 0);
    assert.equal(callOf("RequestTokenForWindowAsync")["window"], Number(chosen.handle));
  });
}

wamTest("a window that was destroyed counts as none", {}, async (wam) => {
  const window = observer.createWindow(true);
  observer.destroyWindow(window);
  assert.notEqual(wam.resolveWindowHandle(window).source, "given");
  assert.equal((await wam.request(windowed({ windowHandle: window }))).status, 0);
});

wamTest("a handle of another size is refused before anything is asked", {}, async (wam) => {
  for (const windowHandle of [Buffer.alloc(3), Buffer.alloc(16), -1, 1.5]) {
    await assert.rejects(wam.request(windowed({ windowHandle })), {
      name: "TypeError",
      code: "ERR_INVALID_ARG_VALUE",
    });
  }
  assert.deepEqual(callNames(), []);
});

wamTest("choosing an account: prompt type and properties go as they are", {}, async (wam) => {
  await wam.request(
    windowed({
      promptType: WamPromptType.forceAuthentication,
      properties: { prompt: "select_account", wam_compat: "2.0" },
    }),
  );
  const { promptType, properties } = callOf("RequestTokenForWindowAsync");
  assert.equal(promptType, 1);
  assert.deepEqual(properties, { prompt: "select_account", wam_compat: "2.0" });
});

wamTest("a hint for a new account", {}, async (wam) => {
  await wam.request(
    windowed({
      providerAuthority: "consumers",
      promptType: 1,
      properties: { Client_uiflow: "new_account", LoginHint: "dana@outlook.example" },
    }),
  );
  const { authority, properties } = callOf("RequestTokenForWindowAsync");
  assert.equal(authority, "consumers");
  assert.deepEqual(properties, { Client_uiflow: "new_account", LoginHint: "dana@outlook.example" });
});

wamTest("a known account has a call of its own", { accounts: "alice" }, async (wam) => {
  await wam.request(windowed({ webAccountId: "alice-id", properties: { hsu: "1" } }));
  assert.deepEqual(callNames(), [
    "FindAccountProviderWithAuthorityAsync",
    "FindAccountAsync",
    "RequestTokenWithWebAccountForWindowAsync",
  ]);
  assert.equal(callOf("RequestTokenWithWebAccountForWindowAsync")["account"], "alice-id");
});

wamTest("a known account that is gone opens no dialog", { accounts: "alice" }, async (wam) => {
  await assert.rejects(wam.request(windowed({ webAccountId: "bob-id" })), { code: "WAM_ACCOUNT_NOT_FOUND" });
  assert.ok(!callNames().some((name) => name.startsWith("RequestToken")));
});

wamTest(
  "a person who closes the dialog is a status",
  { "token.status": 1, "token.code": "0xCAA20064" },
  async (wam) => {
    const { status, responses } = await wam.request(windowed());
    assert.equal(status, 1);
    assert.deepEqual(responses, []);
  },
);
