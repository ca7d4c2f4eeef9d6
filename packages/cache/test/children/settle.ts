// settle.ts DIRECTORY: uses a cache in every way, and says which resources were active before
// and are after, and how long after its last call it ended.
import { fixedKeyStore } from "../support/fixed-key-store.ts";
import { openRecord } from "../support/open-record.ts";

/** What this process says at its end. */
export interface Settled {
  readonly before: readonly string[];
  readonly after: readonly string[];
  readonly endedAfterInMs: number;
}

const options = { name: "test", directory: process.argv[2]!, keyStore: fixedKeyStore };
const [one, two] = [openRecord(options), openRecord({ ...options, lockTimeoutInMs: 20 })];
// A closed handle is listed until the event loop has been through its closing phase.
const turns = async (): Promise<void> => {
  for (let turn = 0; turn < 3; turn++) await new Promise((resolve) => setImmediate(resolve));
};
// The console opens both with its first line.
process.stdout.write("");
process.stderr.write("");
await turns();
const before = process.getActiveResourcesInfo().sort();
await Promise.all(
  Array.from({ length: 20 }, (_, index) =>
    one.withLock(async () => {
      await one.read();
      await one.write(Buffer.from(String(index)));
    }),
  ),
);
await one.withLock(async () => {
  const abort = new AbortController();
  const waiting = [two.withLock(() => Promise.resolve()), two.withLock(() => Promise.resolve(), abort)];
  abort.abort();
  await Promise.allSettled(waiting);
});
await one.clear();
const settledAt = performance.now();
await turns();
const after = process.getActiveResourcesInfo().sort();
process.once("exit", () => {
  const endedAfterInMs = performance.now() - settledAt;
  console.log(JSON.stringify({ before, after, endedAfterInMs } satisfies Settled));
});
