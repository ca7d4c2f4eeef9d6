import { startEmulator } from "@entrada/emulator";
import { expect, test } from "vitest";
import { expectWithin } from "../../../tools/measure/expect-within.ts";
import { collectGarbage, stillHeld } from "../../../tools/measure/still-held.ts";
import { InteractiveBrowserCredential } from "../src/index.ts";

test("a credential that is dropped, and the signals of its requests, can be collected", async () => {
  await using emulator = await startEmulator();
  emulator.trust();
  const signals: WeakRef<AbortSignal>[] = [];
  const dropped = await (async () => {
    const credential = new InteractiveBrowserCredential({
      authorityHost: emulator.authorityHost,
      openBrowser: (url, context) => emulator.person.openBrowser(url, context),
      fetch: (input, init) => {
        if (init?.signal) signals.push(new WeakRef(init.signal));
        return fetch(input, init);
      },
    });
    for (const resource of ["management", "storage"])
      await credential.getToken(`https://${resource}.azure.com/.default`);
    return new WeakRef(credential);
  })();
  await emulator.person.settled();
  expect(signals.length).toBeGreaterThanOrEqual(3);
  expect(await stillHeld([dropped, ...signals])).toEqual([]);
});

test("a hundred thousand hits keep no memory", { timeout: 240_000 }, async () => {
  await using emulator = await startEmulator();
  emulator.trust();
  const credential = new InteractiveBrowserCredential({
    authorityHost: emulator.authorityHost,
    openBrowser: (url, context) => emulator.person.openBrowser(url, context),
  });
  const scope = "https://management.azure.com/.default";
  const heapAfterHits = async (count: number): Promise<number> => {
    for (let i = 0; i < count; i += 1) await credential.getToken(scope);
    await collectGarbage();
    return process.memoryUsage().heapUsed;
  };
  let before = await heapAfterHits(10_000);
  await expectWithin(1_000_000, async () => {
    const after = await heapAfterHits(100_000);
    const growth = after - before;
    before = after;
    return growth;
  });
});
