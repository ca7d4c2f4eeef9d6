import assert from "node:assert/strict";
import { once } from "node:events";
import { startWorker } from "./environment.ts";
import { assertNothingLeft, callNames, operationId, play, silent, waitForCall, wamTest } from "./fake-wam.ts";
import { observer } from "./observer.ts";

const everywhere = (mode: string): Record<string, string> =>
  Object.fromEntries(
    ["provider", "findAccount", "token", "invalidate"].map((name) => [`${name}.complete`, mode]),
  );

for (const mode of ["inline", "raw"]) {
  wamTest(`every step ends ${mode}`, { accounts: "alice", ...everywhere(mode) }, async (wam) => {
    const request = silent({ webAccountId: "alice-id", invalidateFirst: true });
    assert.equal((await wam.request(request)).status, 0);
    assert.equal(callNames().length, 5);
  });
}

wamTest("an end on JavaScript's own thread", { "token.complete": "manual" }, async (wam) => {
  const promise = wam.request(silent());
  waitForCall("GetTokenSilentlyAsync");
  assert.ok(observer.end("token", true));
  assert.equal((await promise).status, 0);
});

wamTest(
  "JavaScript's thread is in no apartment, whatever was called",
  { default: "consumers" },
  async (wam) => {
    wam.probe();
    wam.resolveWindowHandle();
    await wam.defaultAccountKind({ operationId: operationId() });
    await wam.request(silent());
    assert.equal(observer.hasApartment(), false);
  },
);

wamTest(
  "a silent call that never ends does not hold up others",
  { "token.complete": "manual" },
  async (wam) => {
    const stuck = silent();
    const promise = wam.request(stuck);
    waitForCall("GetTokenSilentlyAsync");
    process.env["FAKE_WAM_SCENARIO"] = "default=organizations";
    assert.equal((await wam.request(silent())).status, 0);
    assert.equal(await wam.defaultAccountKind({ operationId: operationId() }), "organizations");
    assert.equal(wam.probe().available, true);
    assert.ok(observer.end("token"));
    assert.equal((await promise).status, 0);
  },
);

for (const complete of ["inline", "raw"]) {
  wamTest(
    `an end that is told twice (${complete})`,
    { "token.twice": 1, "token.complete": complete },
    async (wam) => {
      assert.equal((await wam.request(silent())).status, 0);
      assert.equal((await wam.request(silent())).status, 0);
    },
  );
}

wamTest("two worker threads and the main thread, at the same time", {}, async (wam) => {
  const workers = [startWorker("many-requests.ts"), startWorker("many-requests.ts")];
  const answers = Promise.all(workers.map((worker) => once(worker, "message")));
  for (let index = 0; index < 50; index += 1) assert.equal((await wam.request(silent())).status, 0);
  assert.deepEqual(await answers, [[50], [50]]);
  await Promise.all(workers.map((worker) => worker.terminate()));
});

wamTest("a worker thread that ends by itself leaves no factory behind", {}, async () => {
  const factories = observer.liveFactories();
  const worker = startWorker("many-requests.ts");
  const [code] = (await once(worker, "exit")) as [number];
  assert.equal(code, 0);
  assert.equal(observer.liveFactories(), factories);
});

wamTest(
  "a worker thread with nothing but an operation in the background ends by itself",
  { "token.complete": "manual" },
  async () => {
    const worker = startWorker("background-request.ts");
    assert.deepEqual(await once(worker, "exit"), [0]);
    waitForCall("Cancel");
  },
);

for (const cancel of ["honour", "ignore"]) {
  wamTest(
    `a worker thread that is terminated with a pending operation, whose cancel Windows will ${cancel}`,
    { "token.complete": "manual", "token.cancel": cancel },
    async () => {
      const factories = observer.liveFactories();
      const worker = startWorker("pending-request.ts");
      waitForCall("GetTokenSilentlyAsync");
      await worker.terminate();
      waitForCall("Cancel");
      if (cancel === "ignore") assert.ok(observer.end("token"), "an end after the environment is gone");
      assert.ok(observer.waitForLiveObjects(0, 5_000));
      assert.equal(observer.liveFactories(), factories);
      play({});
      const next = startWorker("many-requests.ts");
      assert.deepEqual(await once(next, "message"), [50]);
      await next.terminate();
      assertNothingLeft();
    },
  );
}
