import { setImmediate } from "node:timers/promises";
import { say } from "../say.mjs";

const BATCHES = 10;

/**
 * Counts the bytes that a call leaves behind on the heap. Runs with `--expose-gc` and a young generation so large that
 * none is collected within a batch. The caller's own `await` is measured as well, on a promise that is there already.
 */
export async function allocated(call, callsInBatch) {
  const present = Promise.resolve();
  await bytesOf(call, callsInBatch);
  await bytesOf(() => present, callsInBatch);
  const perCall = await bytesOf(call, callsInBatch);
  const perAwait = await bytesOf(() => present, callsInBatch);
  say("allocated", { perCall, perAwait });
}

async function bytesOf(call, callsInBatch) {
  let bytes = 0;
  for (let batch = 0; batch < BATCHES; batch += 1) {
    await setImmediate();
    globalThis.gc();
    const before = process.memoryUsage().heapUsed;
    for (let time = 0; time < callsInBatch; time += 1) await call();
    bytes += process.memoryUsage().heapUsed - before;
  }
  return bytes / (BATCHES * callsInBatch);
}
