import assert from "node:assert/strict";
import { performance } from "node:perf_hooks";
import type { TestContext } from "node:test";
import type { WamTransport } from "../../src/index.ts";
import { silent, wamTest } from "./fake-wam.ts";
import { observer } from "./observer.ts";
import { silentAnswer as answer, TOKEN_LENGTH } from "./silent-answer.ts";

/** Silent requests, one after the other, whose answers are looked at. */
async function run(wam: WamTransport, count: number): Promise<void> {
  for (let index = 0; index < count; index += 1) {
    const { responses } = await wam.request(silent());
    if (responses[0]?.token.length !== TOKEN_LENGTH) throw new Error("a wrong answer");
    // Else it is the garbage of JavaScript that is measured.
    if (index % 1_000 === 999) globalThis.gc?.();
  }
}

interface Held {
  readonly handles: number;
  readonly bytes: number;
}

function measure(): Held {
  assert.ok(observer.waitForLiveObjects(0, 5_000));
  globalThis.gc?.();
  globalThis.gc?.();
  // What V8 keeps for its own heap is its own matter.
  const { rss, heapTotal } = process.memoryUsage();
  return { handles: observer.handleCount(), bytes: rss - heapTotal };
}

// V8's threads hold some MB for a while, as when they compile; what was never freed stays, and only grows.
function least(measured: readonly Held[]): Held {
  return {
    handles: Math.min(...measured.map(({ handles }) => handles)),
    bytes: Math.min(...measured.map(({ bytes }) => bytes)),
  };
}

const ROUNDS = 5;

// Ended inside put_Completed 10,000 times, and on a thread of its own each time for a fifth of that, which Wine makes slow.
for (const [complete, count] of [
  ["inline", 10_000],
  ["raw", 2_000],
] as const) {
  const scenario = { ...answer, "provider.complete": complete, "token.complete": complete };
  const name = `${count.toLocaleString("en")} silent requests, ended ${complete}: memory and handles stay flat`;
  const body = async (wam: WamTransport, context: TestContext): Promise<void> => {
    // Writing the journal would be most of the work; the next test sets it again.
    delete process.env["FAKE_WAM_LOG"];
    await run(wam, Math.min(count, 2_000));
    const before = measure();
    const usedBefore = process.cpuUsage();
    const started = performance.now();
    const rounds: Held[] = [];
    for (let round = 0; round < ROUNDS; round += 1) {
      await run(wam, count / ROUNDS);
      rounds.push(measure());
    }
    const seconds = (performance.now() - started) / 1_000;
    const used = process.cpuUsage(usedBefore);
    const after = least(rounds.slice(2));

    const grown = (after.bytes - before.bytes) / 1_048_576;
    context.diagnostic(
      `${count} silent requests, ended ${complete}, in ${seconds.toFixed(2)} s; ${(count / seconds).toFixed(0)} a ` +
        `second, ${((used.user + used.system) / count).toFixed(0)} µs of CPU each; ` +
        `resident outside the JavaScript heap ${(after.bytes / 1_048_576).toFixed(1)} MB, ${grown.toFixed(2)} MB more than before; ` +
        `handles ${before.handles} before, ${after.handles} after`,
    );
    // A lock that two threads wanted at once has a handle from then on. One handle of each request would be 1,200.
    assert.ok(after.handles - before.handles <= 100, `handles ${before.handles} -> ${after.handles}`);
    // One answer that is never freed would be 48 MB after three fifths of 10,000 requests and 9.6 MB after those of 2,000.
    assert.ok(grown < 6, `${grown.toFixed(2)} MB more`);
  };
  wamTest(name, scenario, body, 300_000);
}

wamTest("100 requests in parallel", { ...answer, "token.echo": 1 }, async (wam) => {
  const requests = Array.from({ length: 100 }, (_, index) =>
    silent({ properties: { number: String(index) } }),
  );
  const results = await Promise.all(requests.map((request) => wam.request(request)));
  assert.deepEqual(
    results.map(({ responses }) => responses[0]?.properties["number"]),
    requests.map(({ properties }) => properties?.["number"]),
  );
});

wamTest("100 requests in parallel, every other one cancelled", answer, async (wam) => {
  const requests = Array.from({ length: 100 }, () => silent());
  const promises = requests.map((request) => wam.request(request));
  for (const [index, { operationId }] of requests.entries()) {
    if (index % 2 === 1) assert.equal(wam.cancel(operationId), true);
  }
  const results = await Promise.allSettled(promises);
  for (const [index, { status }] of results.entries()) {
    assert.equal(status, index % 2 === 1 ? "rejected" : "fulfilled");
  }
});

wamTest(
  "the event loop goes on while Windows does not answer",
  { "block.GetTokenSilentlyAsync": 1 },
  async (wam) => {
    const promise = wam.request(silent());
    let turns = 0;
    const { setImmediate } = await import("node:timers/promises");
    while (turns < 1_000) {
      await setImmediate();
      turns += 1;
    }
    observer.unblock("GetTokenSilentlyAsync");
    assert.equal((await promise).status, 0);
  },
);
