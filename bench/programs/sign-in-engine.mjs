import { createEngine, resolveSettings } from "@entrada/core/flow";
import { AUTHORITY, deviceAnswer, objectId, SCOPE, TENANT, tokenAnswer, userName } from "./people.mjs";

const FIRST_COPY = 1_000_000;
const FIRST_COPIED = 2_000_000;
const COPIES_AT_ONCE = 16;
const answer = (json) => ({ status: 200, json, header: () => undefined });

/** Signs people in by their numbers. The authority's answers are there already: what takes time is to keep them. */
export function signInEngine(tokenCache) {
  let person;
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
  return {
    accounts: () => engine.accounts(),
    signIn: (number) => {
      person = number;
      return engine.authenticate(SCOPE, { forcePrompt: true });
    },
  };
}

/** One person signs in, and so many more are put into the cache as copies of that one, from number `first` on. */
export async function fillWithCopies(tokenCache, count, first) {
  // Others may be filling the same cache.
  const from = FIRST_COPIED + first;
  await signInEngine(tokenCache).signIn(from);
  const { key, label } = (await tokenCache.list()).find((entry) => entry.key.includes(objectId(from)));
  const data = Buffer.from(await tokenCache.read(key)).toString();
  await tokenCache.remove(key);
  let next = first;
  const copy = async () => {
    while (next < first + count) {
      const index = next++;
      const [copyKey, copyData, copyLabel] = [key, data, label].map((text) =>
        copied(text, from, FIRST_COPY + index),
      );
      await tokenCache.write(copyKey, Buffer.from(copyData), copyLabel);
    }
  };
  await Promise.all(Array.from({ length: COPIES_AT_ONCE }, copy));
}

/** A text about one person as it would be if another had signed in. */
function copied(text, from, to) {
  return text
    .replaceAll(objectId(from), objectId(to))
    .replaceAll(userName(from), userName(to))
    .replaceAll(`a${from}.`, `a${to}.`)
    .replaceAll(`r${from}.`, `r${to}.`);
}
