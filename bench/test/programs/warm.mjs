// warm.mjs COUNT: bytes that a call allocates when so many tokens are in memory, the caller's own await taken off.
import { createEngine, resolveSettings } from "@entrada/core/flow";
import { setImmediate } from "node:timers/promises";

const CALLS = 20_000;
const BATCHES = 5;
const count = Number(process.argv[2]);
const account = {
  authority: "login.microsoftonline.com",
  homeAccountId: "person.tenant",
  clientId: "client",
  tenantId: "tenant",
  username: "ada@contoso.example",
};
const answer = {
  token: "token",
  expiresOnTimestamp: Date.now() + 3_600_000,
  account,
  tenantId: "tenant",
  grantedScopes: [],
};
const engine = createEngine({
  settings: resolveSettings({}),
  flow: "guard",
  createFlow: () => ({
    name: "guard",
    silent: async () => answer,
    interactive: async () => answer,
    accounts: async () => [account],
    signOut: async () => undefined,
  }),
});
const scopes = Array.from({ length: count }, (_, index) => `https://service-${index}.example/.default`);
for (const scope of scopes) await engine.getToken(scope);

const present = Promise.resolve();
const call = (index) => engine.getToken(scopes[index % count]);
const nothing = () => present;
await bytesOf(call);
await bytesOf(nothing);
console.log(JSON.stringify({ perCall: await bytesOf(call), perAwait: await bytesOf(nothing) }));

// The young generation is so large that nothing is collected within a batch.
async function bytesOf(work) {
  let bytes = 0;
  for (let batch = 0; batch < BATCHES; batch += 1) {
    await setImmediate();
    globalThis.gc();
    const before = process.memoryUsage().heapUsed;
    for (let index = 0; index < CALLS; index += 1) await work(index);
    bytes += process.memoryUsage().heapUsed - before;
  }
  return bytes / (BATCHES * CALLS);
}
