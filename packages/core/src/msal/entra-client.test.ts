import { startEmulator, type Emulator } from "@entrada/emulator";
import { afterEach, beforeEach, expect, test } from "vitest";
import type { AuthenticationRecord } from "../authentication-record.ts";
import { InteractiveBrowserCredential } from "../browser/interactive-browser-credential.ts";
import { memoryTokenCache } from "../cache/memory-token-cache.ts";
import type { TokenCacheStore } from "../cache/token-cache-store.ts";
import { systemClock } from "../clock.ts";
import type { AuthenticationEvent } from "../events/events.ts";
import { createFlowParts } from "../credential/create-flow-parts.ts";
import type { TokenAnswer, TokenRequest } from "../flow/flow.ts";
import { deferred } from "../deferred.ts";
import { resolveSettings } from "../options/resolve-settings.ts";

const ARM = "https://management.azure.com/.default";
const MINUTE = 60_000;

let emulator: Emulator;
let tokenCache: TokenCacheStore;
let account: AuthenticationRecord;
let first: string;
let events: AuthenticationEvent[];

beforeEach(async () => {
  emulator = await startEmulator();
  emulator.trust();
  tokenCache = memoryTokenCache();
  events = [];
  const credential = credentialWith();
  account = await credential.authenticate(ARM);
  first = (await credential.getToken(ARM)).token;
});
afterEach(() => emulator[Symbol.asyncDispose]());

function credentialWith(store: TokenCacheStore = tokenCache): InteractiveBrowserCredential {
  return new InteractiveBrowserCredential({
    authorityHost: emulator.authorityHost,
    tokenCache: store,
    openBrowser: (url, context) => emulator.person.openBrowser(url, context),
  });
}

/** Asks the token cache as a process does that begins when the wall clock is off by so many ms. */
function silentAfter(ms: number, more: Partial<TokenRequest> = {}): Promise<TokenAnswer> {
  const clock = { ...systemClock, now: () => Date.now() + ms };
  const { authorityHost } = emulator;
  const settings = resolveSettings({ authorityHost, tokenCache, onEvent: (event) => events.push(event) });
  return createFlowParts({ settings, flow: "test", clock }).entra.silent({
    scopes: [ARM],
    tenantId: "organizations",
    enableCae: false,
    account,
    signal: new AbortController().signal,
    correlationId: crypto.randomUUID(),
    ...more,
  });
}

const unavailable = { on: "refresh", times: Infinity, status: 503, retryAfter: 3600 } as const;

test("a kept token that is still valid is served when the authority cannot renew it", async () => {
  emulator.script(unavailable);
  expect((await silentAfter(57 * MINUTE)).token).toBe(first);
  expect(events.at(-1)).toMatchObject({ type: "refresh_failed", error: { code: "network" } });
  await expect(silentAfter(61 * MINUTE)).rejects.toMatchObject({ code: "network", retryable: true });
});

test.each([
  [
    "a captive portal",
    { status: 200, body: "<html>Welcome</html>", headers: { "content-type": "text/html" } },
  ],
  ["a proxy's refusal", { status: 403, body: "<html>No</html>", headers: { "content-type": "text/html" } }],
  ["a proxy's refusal in JSON", { status: 403, body: { error: "Forbidden" } }],
])("a kept token that is still valid is served when the renewal meets %s", async (_, answer) => {
  emulator.script({ on: "refresh", times: Infinity, ...answer });
  expect((await silentAfter(57 * MINUTE)).token).toBe(first);
  expect(events.at(-1)).toMatchObject({ type: "refresh_failed" });
  await expect(silentAfter(61 * MINUTE)).rejects.toMatchObject({ retryable: false });
});

test("a kept token is not served in the place of a renewal that others wait for, or of one with claims", async () => {
  emulator.script(unavailable);
  const failed = { code: "network", retryable: true };
  await expect(silentAfter(57 * MINUTE, { background: true })).rejects.toMatchObject(failed);
  await expect(silentAfter(57 * MINUTE, { claims: "{}" })).rejects.toMatchObject(failed);
});

test("a kept token of a refused sign-in is not served, though it is still valid", async () => {
  emulator.script({ on: "refresh", error: { error: "invalid_grant", aadsts: 50173 } });
  await expect(silentAfter(57 * MINUTE)).rejects.toMatchObject({
    code: "authentication_required",
    aadsts: 50173,
  });
});

test("a kept token from the future is renewed: the clock was set back, and nobody knows how old it is", async () => {
  expect((await silentAfter(-MINUTE)).token).toBe(first);
  expect((await silentAfter(-24 * 60 * MINUTE)).token).not.toBe(first);
});

test("a renewal without an id token is of the tenant that was asked", async () => {
  emulator.script({
    on: "refresh",
    mutate: (answer) => ({ ...answer, body: { ...(answer.body as object), id_token: undefined } }),
  });
  const { guest, otherTenantId } = emulator.defaults;
  emulator.person.script({ action: "approve", account: guest.username });
  account = await credentialWith().authenticate(ARM, { forcePrompt: true });
  const { tenantId } = await silentAfter(0, { tenantId: otherTenantId });
  expect([tenantId, account.username]).toEqual([otherTenantId, guest.username]);
});

test("a sign-in that is cancelled while it waits to be saved is not saved", async () => {
  const inner = memoryTokenCache();
  const asked = deferred<void>();
  const free = deferred<void>();
  const store: TokenCacheStore = {
    ...inner,
    withLock: async (key, work, options) => {
      asked.resolve();
      await free.promise;
      return inner.withLock(key, work, options);
    },
  };
  const credential = credentialWith(store);
  const call = credential.getToken(ARM).catch((error: Error) => error.name);
  await asked.promise;
  const signedOut = credential.signOut();
  free.resolve();
  await signedOut;
  expect(await call).toBe("AbortError");
  // The lock is given in the order in which it was asked for.
  for (const { key } of await store.list()) await store.withLock(key, async () => {});
  expect(await credentialWith(store).accounts()).toEqual([]);
});
