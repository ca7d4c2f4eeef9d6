import assert from "node:assert/strict";
import { once } from "node:events";
import { callNames, operationId, silent, waitForCall, wamTest, windowed } from "./fake-wam.ts";
import { observer } from "./observer.ts";

const cancelled = { name: "WamError", code: "WAM_CANCELLED" };

wamTest("before anything was asked", {}, async (wam) => {
  const request = silent();
  const promise = wam.request(request);
  assert.equal(wam.cancel(request.operationId), true);
  await assert.rejects(promise, { ...cancelled, step: "request" });
});

const phases = {
  provider: ["FindAccountProviderWithAuthorityAsync"],
  findAccount: ["FindAccountProviderWithAuthorityAsync", "FindAccountAsync"],
  token: ["FindAccountProviderWithAuthorityAsync", "FindAccountAsync", "GetTokenSilentlyWithWebAccountAsync"],
};
for (const [phase, expected] of Object.entries(phases)) {
  wamTest(
    `while ${phase} is pending, honoured: no further step`,
    { accounts: "alice", [`${phase}.complete`]: "manual" },
    async (wam) => {
      const request = silent({ webAccountId: "alice-id" });
      const promise = wam.request(request);
      waitForCall(expected.at(-1) ?? "");
      assert.equal(wam.cancel(request.operationId), true);
      await assert.rejects(promise, cancelled);
      waitForCall("Cancel");
      assert.deepEqual(callNames(), [...expected, "Cancel"]);
    },
  );

  wamTest(
    `while ${phase} is pending, ignored: settled at once, kept until it ends, its answer dropped`,
    { accounts: "alice", [`${phase}.complete`]: "manual", [`${phase}.cancel`]: "ignore" },
    async (wam) => {
      const request = silent({ webAccountId: "alice-id" });
      const promise = wam.request(request);
      waitForCall(expected.at(-1) ?? "");
      wam.cancel(request.operationId);
      await assert.rejects(promise, cancelled);
      waitForCall("Cancel");
      assert.ok(observer.liveObjects() > 0, "the operation is kept");
      assert.ok(observer.end(phase), "the late end");
      assert.ok(observer.waitForLiveObjects(0, 5_000));
      assert.deepEqual(callNames(), [...expected, "Cancel"]);
    },
  );
}

wamTest(
  "while a call into Windows does not return: settled at once all the same",
  { "block.GetTokenSilentlyAsync": 1, "token.complete": "manual" },
  async (wam) => {
    const request = silent();
    const promise = wam.request(request);
    waitForCall("GetTokenSilentlyAsync");
    wam.cancel(request.operationId);
    await assert.rejects(promise, cancelled);
    observer.unblock("GetTokenSilentlyAsync");
    waitForCall("Cancel");
  },
);

wamTest("while the dialog is open", { "token.complete": "manual" }, async (wam) => {
  const request = windowed();
  const promise = wam.request(request);
  waitForCall("RequestTokenForWindowAsync");
  wam.cancel(request.operationId);
  await assert.rejects(promise, cancelled);
  waitForCall("Cancel");
});

wamTest(
  "a cancelled dialog does not hold up the next request",
  { "token.complete": "manual", "token.cancel": "ignore" },
  async (wam) => {
    const stuck = windowed();
    const promise = wam.request(stuck);
    waitForCall("RequestTokenForWindowAsync");
    wam.cancel(stuck.operationId);
    await assert.rejects(promise, cancelled);
    process.env["FAKE_WAM_SCENARIO"] = "";
    assert.equal((await wam.request(silent())).status, 0);
    assert.ok(observer.end("token"));
  },
);

wamTest("after the end: nothing to cancel", {}, async (wam) => {
  const request = silent();
  assert.equal((await wam.request(request)).status, 0);
  assert.equal(wam.cancel(request.operationId), false);
});

wamTest("twice: the second time there is nothing", { "token.complete": "manual" }, async (wam) => {
  const request = silent();
  const promise = wam.request(request);
  waitForCall("GetTokenSilentlyAsync");
  assert.equal(wam.cancel(request.operationId), true);
  assert.equal(wam.cancel(request.operationId), false);
  await assert.rejects(promise, cancelled);
});

wamTest("an unknown operation", {}, (wam) => {
  assert.equal(wam.cancel(operationId()), false);
});

wamTest("when the answer is already on its way: cancelled, and the answer dropped", {}, async (wam) => {
  const request = silent();
  const promise = wam.request(request);
  // The worker ends the operation while this thread is busy here, so that the answer waits for it.
  waitForCall("GetTokenSilentlyAsync");
  assert.ok(observer.waitForLiveObjects(0, 5_000));
  assert.equal(wam.cancel(request.operationId), true);
  await assert.rejects(promise, cancelled);
});

wamTest("the id is free at once", { "token.complete": "manual", "token.cancel": "ignore" }, async (wam) => {
  const request = silent();
  const first = wam.request(request);
  waitForCall("GetTokenSilentlyAsync");
  wam.cancel(request.operationId);
  await assert.rejects(first, cancelled);
  process.env["FAKE_WAM_SCENARIO"] = "token.token=second";
  const second = await wam.request(request);
  assert.equal(second.responses[0]?.token, "second");
  assert.ok(observer.end("token"));
});

wamTest("through an AbortSignal of the caller", { "token.complete": "manual" }, async (wam) => {
  const controller = new AbortController();
  const request = silent();
  const promise = wam.request(request);
  const aborted = once(controller.signal, "abort");
  controller.signal.addEventListener("abort", () => wam.cancel(request.operationId));
  waitForCall("GetTokenSilentlyAsync");
  controller.abort();
  await aborted;
  await assert.rejects(promise, cancelled);
});
