// save-entrada.mjs FOLDER FIRST COUNT: so many people sign in, the first of them number FIRST, into the cache in the
// folder; says how long each took. The authority's answers are there already: what takes time is to keep them.
// save-entrada.mjs FOLDER list: says how many accounts the cache holds.
import { persistentTokenCache } from "@entrada/cache";
import { createEngine, resolveSettings } from "@entrada/core/flow";
import { fixedKeyStore } from "./fixed-key.mjs";
import { AUTHORITY, deviceAnswer, SCOPE, TENANT, tokenAnswer } from "./people.mjs";
import { say } from "./say.mjs";

const [directory, first, count] = process.argv.slice(2);
let person;
const answer = (json) => ({ status: 200, json, header: () => undefined });
const engine = createEngine({
  settings: resolveSettings({
    authorityHost: AUTHORITY,
    tenantId: TENANT,
    tokenCache: persistentTokenCache({
      name: "bench",
      directory,
      keyStore: fixedKeyStore,
      lockTimeoutInMs: 60_000,
    }),
  }),
  flow: "bench",
  createFlow: ({ entra }) => ({
    name: "bench",
    silent: (request) => entra.silent(request),
    interactive: (request) =>
      entra.redeemDeviceCode(request, {
        device: answer(deviceAnswer()),
        token: answer(tokenAnswer(person)),
      }),
    accounts: () => entra.accounts(),
    signOut: (account) => entra.signOut(account),
  }),
});
if (first === "list") {
  say("listed", { accounts: (await engine.accounts()).length });
} else {
  const saves = [];
  for (person = Number(first); person < Number(first) + Number(count); person += 1) {
    const started = performance.now();
    await engine.authenticate(SCOPE, { forcePrompt: true });
    saves.push(performance.now() - started);
  }
  say("saved", { saves });
}
process.exit();
