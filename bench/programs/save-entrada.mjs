// save-entrada.mjs FOLDER FIRST COUNT: so many people sign in, the first of them number FIRST, into the cache in the
// folder; says how long each took.
// save-entrada.mjs FOLDER FIRST COUNT together: the same, but after the first of them it waits for a line of input.
// save-entrada.mjs FOLDER fill COUNT FIRST: so many accounts are put into the cache, without waiting for the disk.
// save-entrada.mjs FOLDER list: says how many accounts the cache holds, and how long it took to find out.
import { persistentTokenCache } from "@entrada/cache";
import fs from "node:fs";
import { fixedKeyStore } from "./fixed-key.mjs";
import { said, say } from "./say.mjs";
import { fillWithCopies, signInEngine } from "./sign-in-engine.mjs";

const [directory, first, count, last] = process.argv.slice(2);
const tokenCache = persistentTokenCache({
  name: "bench",
  directory,
  keyStore: fixedKeyStore,
  lockTimeoutInMs: 60_000,
});
const engine = signInEngine(tokenCache);
if (first === "list") {
  const started = performance.now();
  const accounts = (await engine.accounts()).length;
  say("listed", { accounts, inMs: performance.now() - started });
} else if (first === "fill") {
  fs.fsync = (_descriptor, done) => done(null);
  await fillWithCopies(tokenCache, Number(count), Number(last));
} else {
  const saves = [];
  for (let person = Number(first); person < Number(first) + Number(count); person += 1) {
    const started = performance.now();
    await engine.signIn(person);
    saves.push(performance.now() - started);
    if (last === "together" && saves.length === 1) await said("ready");
  }
  say("saved", { saves });
}
process.exit();
