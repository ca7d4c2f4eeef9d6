// save-entrada.mjs FOLDER FIRST COUNT: so many people sign in, the first of them number FIRST, into the cache in the
// folder; says how long each took. The authority's answers are there already: what takes time is to keep them.
// save-entrada.mjs FOLDER fill COUNT: one person signs in, and so many more are put into the cache as copies of that one.
// save-entrada.mjs FOLDER list: says how many accounts the cache holds.
import { persistentTokenCache } from "@entrada/cache";
import { createEngine, resolveSettings } from "@entrada/core/flow";
import { fixedKeyStore } from "./fixed-key.mjs";
import { AUTHORITY, deviceAnswer, objectId, SCOPE, TENANT, tokenAnswer, userName } from "./people.mjs";
import { say } from "./say.mjs";

const FIRST_COPY = 1_000_000;
const [directory, first, count] = process.argv.slice(2);
let person;
const answer = (json) => ({ status: 200, json, header: () => undefined });
const tokenCache = persistentTokenCache({
  name: "bench",
  directory,
  keyStore: fixedKeyStore,
  lockTimeoutInMs: 60_000,
});
const engine = createEngine({
  settings: resolveSettings({ authorityHost: AUTHORITY, tenantId: TENANT, tokenCache }),
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
} else if (first === "fill") {
  person = 0;
  await engine.authenticate(SCOPE, { forcePrompt: true });
  const [{ key, label }] = await tokenCache.list();
  const data = Buffer.from(await tokenCache.read(key)).toString();
  await tokenCache.remove(key);
  for (let copy = 0; copy < Number(count); copy += 1) {
    const [copyKey, copyData, copyLabel] = [key, data, label].map((text) => copied(text, copy));
    await tokenCache.write(copyKey, Buffer.from(copyData), copyLabel);
  }
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

/** A text about the account as it would be if the person of that number had signed in. */
function copied(text, copy) {
  const index = FIRST_COPY + copy;
  return text
    .replaceAll(objectId(0), objectId(index))
    .replaceAll(userName(0), userName(index))
    .replaceAll("a0.", `a${index}.`)
    .replaceAll("r0.", `r${index}.`);
}
