import { getEventListeners } from "node:events";
import { describe, expect, test } from "vitest";
import { stillHeld } from "../../../../tools/measure/still-held.ts";
import { ADA, BOB, held } from "../../test/scripted-flow.ts";
import { labelOf } from "../cache/account-label.ts";
import { serializeAccount } from "../cache/account-record.ts";
import { memoryTokenCache } from "../cache/memory-token-cache.ts";
import { accountKey, type StoredAccount } from "../cache/stored-account.ts";
import { deferred } from "../deferred.ts";
import type { TokenCacheStore, TokenCacheWarning } from "../cache/token-cache-store.ts";
import { AuthenticationError } from "../errors/authentication-error.ts";
import type { AuthenticationEvent } from "../events/events.ts";
import type { SharedOptions } from "../options/shared-option-names.ts";
import { resolveSettings } from "../options/resolve-settings.ts";
import { virtualClock } from "../testing/virtual-clock.ts";
import type { GetTokenOptions } from "../token-credential.ts";
import { createEngine } from "./create-engine.ts";

const SCOPE = "https://management.azure.com/.default";
const HOUR = 3_600_000;
const TENANT = ADA.tenantId;
const OTHER = "22222222-2222-4222-8222-222222222222";
const clock = virtualClock();

/** An account as an earlier process has saved it. */
function account(
  record = ADA,
  changes: Partial<StoredAccount["tokens"][string]> = {},
  tenant = TENANT,
): StoredAccount {
  const token = {
    token: `token of ${record.username}`,
    expiresOnTimestamp: clock.now() + HOUR,
    receivedOnTimestamp: clock.now(),
    tenantId: TENANT,
    grantedScopes: [SCOPE],
    ...changes,
  };
  const signedInAt = record === ADA ? 2 : 1;
  return { record, signedInAt, names: ["countess"], tokens: { [`${SCOPE}|${tenant}|`]: token } };
}

async function storeWith(...accounts: readonly StoredAccount[]): Promise<TokenCacheStore> {
  const store = memoryTokenCache();
  for (const each of accounts) {
    const key = accountKey(each.record);
    await store.withLock(key, () => store.write(key, serializeAccount(each), labelOf(key, each)));
  }
  return store;
}

/** A credential's engine over a store, with or without a first look into it. */
function engineOver(
  tokenCache: TokenCacheStore,
  options: Partial<SharedOptions>,
  isServedFromCache: boolean,
  flowIsThere = Promise.resolve(),
) {
  const events: AuthenticationEvent[] = [];
  const begun = deferred<void>();
  let flows = 0;
  const settings = resolveSettings({
    clientId: ADA.clientId,
    tenantId: TENANT,
    tokenCache,
    onEvent: (event) => events.push(event),
    ...options,
  });
  const engine = createEngine({
    settings,
    flow: "test",
    clock,
    isServedFromCache,
    createFlow: async ({ entraFlow }) => {
      flows += 1;
      begun.resolve();
      await flowIsThere;
      return entraFlow({
        name: "test",
        interactive: () => Promise.reject(new AuthenticationError({ code: "user_cancelled", what: "asked" })),
      });
    },
  });
  return { engine, events, flows: () => flows, hasBegun: begun.promise };
}

/** How a first call ends, and what was told until then. Ids of requests are of chance. */
async function firstCall(
  store: TokenCacheStore,
  options: Partial<SharedOptions>,
  [scopes, given]: readonly [string | string[], GetTokenOptions?],
  isServedFromCache: boolean,
): Promise<unknown> {
  const { engine, events } = engineOver(store, options, isServedFromCache);
  const [outcome] = await Promise.allSettled([engine.getToken(scopes, given)]);
  const told = events.map(({ error, ...event }: AuthenticationEvent & { error?: Error }) => [
    event,
    error?.message,
  ]);
  engine.dispose();
  return JSON.parse(JSON.stringify([outcome, outcome.status === "rejected" && `${outcome.reason}`, told]));
}

const unreadable = async (): Promise<TokenCacheStore> => ({
  ...memoryTokenCache(),
  read: () => Promise.reject(new Error("disk")),
});
const toMend = async (): Promise<TokenCacheStore> => ({
  ...memoryTokenCache(),
  read: () =>
    Promise.reject(new AuthenticationError({ code: "cache", what: "x", detail: "cache_no_encryption" })),
});
const damaged = async (): Promise<TokenCacheStore> => {
  const store = await storeWith(account());
  const key = accountKey(ADA);
  await store.withLock(key, () => store.write(key, Buffer.from("{"), labelOf(key, account())));
  return store;
};
/** One that gives for each key what somebody else has signed in with. */
const confused = async (): Promise<TokenCacheStore> => {
  const store = await storeWith(account(BOB));
  return { ...store, read: () => store.read(accountKey(BOB)) };
};
/** One that warns at each use, and says in its own way that there is nothing. */
const talkative = async (stored?: StoredAccount): Promise<TokenCacheStore> => {
  const store = await (stored ? storeWith(stored) : storeWith());
  const listeners = new Set<(warning: TokenCacheWarning) => void>();
  const warn = (): void =>
    listeners.forEach((listen) => listen({ code: "cache_plain", message: "not encrypted" }));
  return {
    ...store,
    watchWarnings(listen) {
      listeners.add(listen);
      return () => listeners.delete(listen);
    },
    read: async (key) => (warn(), (await store.read(key)) ?? (null as never)),
    list: async () => (warn(), stored ? store.list() : (null as never)),
  };
};
const RECORD = { authenticationRecord: ADA };
const CALL = [SCOPE] as const;

describe("a first call is answered as the engine answers it", () => {
  test.each<
    [
      what: string,
      isServed: boolean,
      () => Promise<TokenCacheStore>,
      Partial<SharedOptions>,
      readonly [string | string[], GetTokenOptions?],
    ]
  >([
    ["a token", true, () => storeWith(account()), {}, CALL],
    ["of the record's account", true, () => storeWith(account(BOB), account()), RECORD, CALL],
    ["of the last who signed in", true, () => storeWith(account(BOB), account()), {}, CALL],
    ["of the hint", true, () => storeWith(account(BOB), account()), { loginHint: BOB.username }, CALL],
    ["of the hint, by another name", true, () => storeWith(account()), { loginHint: "Countess" }, CALL],
    ["nobody of that hint", false, () => storeWith(account()), { loginHint: "eve@contoso.example" }, CALL],
    ["nobody at all", false, () => storeWith(), {}, CALL],
    ["nobody of that record", false, () => storeWith(account(BOB)), RECORD, CALL],
    ["expired", false, () => storeWith(account(ADA, { expiresOnTimestamp: clock.now() })), {}, CALL],
    [
      "to be renewed, which nothing can",
      true,
      () => storeWith(account(ADA, { refreshAfterTimestamp: clock.now() })),
      {},
      CALL,
    ],
    [
      "of another tenant than its key says",
      false,
      () => storeWith(account(ADA, { tenantId: OTHER })),
      {},
      CALL,
    ],
    ["other scopes", false, () => storeWith(account()), {}, ["other"]],
    ["the same scopes in a list", true, () => storeWith(account()), {}, [[SCOPE, "openid"]]],
    [
      "a tenant by a word",
      true,
      () => storeWith(account(ADA, {}, "home")),
      { tenantId: "organizations", ...RECORD },
      CALL,
    ],
    ["a challenge", false, () => storeWith(account()), {}, [SCOPE, { claims: "{}" }]],
    ["CAE", false, () => storeWith(account()), {}, [SCOPE, { enableCae: true }]],
    ["no options at all", true, () => storeWith(account()), {}, [SCOPE, null as never]],
    [
      "a signal",
      true,
      () => storeWith(account()),
      {},
      [SCOPE, { abortSignal: new AbortController().signal }],
    ],
    [
      "a signal that was aborted",
      false,
      () => storeWith(account()),
      {},
      [SCOPE, { abortSignal: AbortSignal.abort() }],
    ],
    ["nobody may be asked", false, () => storeWith(), { disableAutomaticAuthentication: true }, CALL],
    ["wrong scopes", false, () => storeWith(account()), {}, [[]]],
    ["an unknown option", false, () => storeWith(account()), {}, [SCOPE, { tenant: TENANT } as never]],
    ["a tenant that is not allowed", false, () => storeWith(account()), {}, [SCOPE, { tenantId: OTHER }]],
    ["a store that cannot be read", false, unreadable, {}, CALL],
    ["a store that somebody must mend", false, toMend, RECORD, CALL],
    ["a damaged account", false, damaged, RECORD, CALL],
    ["somebody else's account under that key", false, confused, RECORD, CALL],
    ["a store that warns", true, () => talkative(account()), {}, CALL],
    ["a store that warns, and has nobody", false, talkative, {}, CALL],
  ])("%s (a token: %s)", async (_, isServed, open, options, call) => {
    const plain = await firstCall(await open(), options, call, false);
    expect(await firstCall(await open(), options, call, true)).toEqual(plain);
    expect((plain as [{ status: string }])[0].status).toBe(isServed ? "fulfilled" : "rejected");
  });
});

describe("a token that an earlier process has kept", () => {
  test("is served without the engine and the flow; later calls have it from memory, of the same account", async () => {
    const store = await storeWith(account());
    const { engine, events, flows } = engineOver(store, {}, true);
    const first = await engine.getToken(SCOPE);
    expect([first.token, flows()]).toEqual([`token of ${ADA.username}`, 0]);
    // Somebody else signs in meanwhile, in another process.
    const bob = { ...account(BOB), signedInAt: 3 };
    const key = accountKey(BOB);
    await store.withLock(key, () => store.write(key, serializeAccount(bob), labelOf(key, bob)));
    events.length = 0;
    expect(await engine.getToken(SCOPE)).toBe(first);
    // Nothing stands between a warm call and the engine.
    expect(engine.getToken(SCOPE)).toBe(engine.getToken(SCOPE));
    const hit = expect.objectContaining({ type: "silent_hit", source: "memory" });
    expect(events).toEqual([hit, hit, hit]);
    expect((await engine.authenticate(SCOPE)).username).toBe(ADA.username);
    expect(flows()).toBe(1);
  });

  test("is looked for by the flow alone, where the cache is not what it would answer from", async () => {
    const { engine, flows } = engineOver(await storeWith(account()), {}, false);
    expect((await engine.getToken(SCOPE)).token).toBe(`token of ${ADA.username}`);
    expect(flows()).toBe(1);
  });

  test("is told of with what its store warns of, and the store keeps nobody who listens", async () => {
    const listeners = new Set<(warning: TokenCacheWarning) => void>();
    const store: TokenCacheStore = {
      ...(await storeWith(account())),
      watchWarnings(listener) {
        listeners.add(listener);
        listener({ code: "not_encrypted", message: "in plain text" });
        return () => listeners.delete(listener);
      },
    };
    const { engine, events, flows } = engineOver(store, {}, true);
    await engine.getToken(SCOPE);
    expect(events[0]).toMatchObject({ type: "warning", code: "not_encrypted" });
    expect([listeners.size, flows()]).toEqual([0, 0]);
  });

  test("leaves no timer behind, and nothing at the caller's signal", async () => {
    const { engine } = engineOver(await storeWith(account()), {}, true);
    const timers = clock.pending;
    const { signal: abortSignal } = new AbortController();
    await engine.getToken(SCOPE, { abortSignal });
    expect(clock.pending).toBe(timers);
    expect(getEventListeners(abortSignal, "abort")).toEqual([]);
  });

  test("comes of an account that is known from then on, whatever becomes of the store", async () => {
    const store = await storeWith(account());
    const faults: Partial<TokenCacheStore> = {};
    const tokenCache: TokenCacheStore = {
      ...store,
      read: (key) => (faults.read ?? store.read)(key),
      list: () => (faults.list ?? store.list)(),
    };
    const { engine } = engineOver(tokenCache, RECORD, true);
    await engine.getToken(SCOPE);
    const broken = (): Promise<never> => Promise.reject(new Error("disk"));
    Object.assign(faults, { read: broken, list: broken });
    expect((await engine.accounts()).map(({ username }) => username)).toEqual([ADA.username]);
  });

  test("is nobody's any more once somebody else of this process has signed the account out", async () => {
    const store = await storeWith(account());
    const first = engineOver(store, {}, true).engine;
    await first.getToken(SCOPE);
    await engineOver(store, {}, true).engine.signOut(ADA);
    await expect(first.getToken(SCOPE)).rejects.toThrow("asked");
  });
});

/** A store whose first read of an account ends when the test says so. */
async function heldStore() {
  const store = await storeWith(account());
  const before = await store.read(accountKey(ADA));
  const first = held<Uint8Array | undefined>();
  const begun = held<void>();
  let reads = 0;
  const tokenCache: TokenCacheStore = {
    ...store,
    async read(key) {
      reads += 1;
      if (reads > 1) return store.read(key);
      begun.resolve();
      return first.wait(new AbortController().signal);
    },
  };
  const hasBegun = begun.wait(new AbortController().signal);
  return { tokenCache, hasBegun, end: () => first.resolve(before) };
}

describe("a call that looks for its token", () => {
  test("is left to the engine as soon as anything else is asked, and comes before that", async () => {
    const { tokenCache, hasBegun, end } = await heldStore();
    const { engine, flows } = engineOver(tokenCache, RECORD, true);
    const first = engine.getToken(SCOPE);
    await hasBegun;
    expect((await engine.accounts()).map(({ username }) => username)).toEqual([ADA.username]);
    expect((await first).token).toBe(`token of ${ADA.username}`);
    expect(flows()).toBe(1);
    end();
  });

  test("brings no token of an account that is signed out meanwhile", async () => {
    const { tokenCache, hasBegun, end } = await heldStore();
    const { engine } = engineOver(tokenCache, RECORD, true);
    const first = engine.getToken(SCOPE);
    first.catch(() => {});
    await hasBegun;
    const out = engine.signOut();
    end();
    await out;
    await expect(first).rejects.toMatchObject({ name: "AbortError" });
    await expect(engine.getToken(SCOPE)).rejects.toThrow("asked");
  });

  test("brings none either where another credential signs the account out", async () => {
    const { tokenCache, hasBegun, end } = await heldStore();
    const first = engineOver(tokenCache, RECORD, true).engine.getToken(SCOPE);
    first.catch(() => {});
    await hasBegun;
    await engineOver(tokenCache, RECORD, true).engine.signOut(ADA);
    end();
    await expect(first).rejects.toThrow("asked");
  });

  test("ends with its credential, and no later call has a token", async () => {
    const { tokenCache, hasBegun, end } = await heldStore();
    const { engine } = engineOver(tokenCache, RECORD, true);
    const first = engine.getToken(SCOPE);
    first.catch(() => {});
    await hasBegun;
    engine.dispose();
    await expect(first).rejects.toMatchObject({ name: "AbortError" });
    end();
    await expect(engine.getToken(SCOPE)).rejects.toMatchObject({ detail: "disposed" });
  });

  test("ends at once where its caller leaves", async () => {
    const { tokenCache, hasBegun, end } = await heldStore();
    const { engine } = engineOver(tokenCache, RECORD, true);
    const controller = new AbortController();
    const first = engine.getToken(SCOPE, { abortSignal: controller.signal });
    await hasBegun;
    controller.abort();
    await expect(first).rejects.toMatchObject({ name: "AbortError" });
    end();
  });

  test("is left to the engine after a second: what hangs then has its own limit, and is told", async () => {
    const { tokenCache, hasBegun, end } = await heldStore();
    const { engine, flows } = engineOver(tokenCache, RECORD, true);
    const first = engine.getToken(SCOPE);
    await hasBegun;
    await clock.advance(999);
    expect(flows()).toBe(0);
    await clock.advance(1);
    expect((await first).token).toBe(`token of ${ADA.username}`);
    expect(flows()).toBe(1);
    end();
  });
});

describe("a credential that has served its token from the cache", () => {
  test("serves no more once it is disposed, and opens nothing for that", async () => {
    const { engine, flows } = engineOver(await storeWith(account()), RECORD, true);
    await engine.getToken(SCOPE);
    engine.dispose();
    await clock.advance(0);
    expect(flows()).toBe(0);
    await expect(engine.getToken(SCOPE)).rejects.toMatchObject({ detail: "disposed" });
  });

  test("serves no more either, at whatever moment, where it is disposed while its engine comes", async () => {
    const flowIsThere = deferred<void>();
    const { engine, hasBegun } = engineOver(await storeWith(account()), RECORD, true, flowIsThere.promise);
    await engine.getToken(SCOPE);
    const accounts = engine.accounts();
    await hasBegun;
    engine.dispose();
    flowIsThere.resolve();
    const after: Promise<unknown>[] = [];
    for (let turns = 0; turns < 50; turns += 1) {
      await Promise.resolve();
      after.push(engine.getToken(SCOPE));
    }
    const ends = (await Promise.allSettled(after)).map((end) => end.status === "rejected" && end.reason);
    expect(ends).toEqual(ends.map(() => expect.objectContaining({ detail: "disposed" })));
    expect((await accounts).length).toBe(1);
  });

  test("keeps nothing of that call", async () => {
    const { engine } = engineOver(await storeWith(account()), {}, true);
    const signal = await (async () => {
      const { signal: abortSignal } = new AbortController();
      await engine.getToken(SCOPE, { abortSignal });
      return new WeakRef(abortSignal);
    })();
    expect(await stillHeld([signal])).toEqual([]);
    expect((await engine.getToken(SCOPE)).token).toBe(`token of ${ADA.username}`);
  });

  test("serves nothing of an account that is being signed out", async () => {
    const { engine } = engineOver(await storeWith(account()), RECORD, true);
    const out = engine.signOut();
    const token = engine.getToken(SCOPE);
    await expect(token).rejects.toThrow("asked");
    await out;
  });
});

test("a credential that was disposed before its first call looks for nothing", async () => {
  const { engine } = engineOver(await storeWith(account()), {}, true);
  engine.dispose();
  await expect(engine.getToken(SCOPE)).rejects.toMatchObject({ detail: "disposed" });
});
