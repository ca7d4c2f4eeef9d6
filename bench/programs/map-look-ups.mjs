// map-look-ups.mjs COUNT: what a call for a token in memory cannot do without: a look-up in a Map of so many promises,
// one after the other, and the caller's own await.
import { say } from "./say.mjs";

const CALLS = 2_000_000;
const count = Number(process.argv[2]);
const scopeOf = (index) => `https://service-${index}.example/.default`;

const tokens = new Map();
for (let index = 0; index < count; index += 1) {
  tokens.set(scopeOf(index), Promise.resolve({ token: `token ${index}`, expiresOnTimestamp: 0 }));
}
const scopes = Array.from({ length: count }, (_, index) => scopeOf(index));
const getToken = (scope) => tokens.get(scope);

for (const scope of scopes) await getToken(scope);
for (let call = 0; call < CALLS / 4; call += 1) await getToken(scopes[call % count]);
// What the preparation left behind is nobody's call to clear up.
globalThis.gc();
const started = performance.now();
for (let call = 0; call < CALLS; call += 1) await getToken(scopes[call % count]);
say("warm", { perCall: ((performance.now() - started) * 1000) / CALLS });
process.exit();
