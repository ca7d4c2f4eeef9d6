import { describe, expect, test } from "vitest";
import { ADA } from "../../test/scripted-flow.ts";
import { memoryTokenCache } from "../cache/memory-token-cache.ts";
import { accountKey } from "../cache/stored-account.ts";
import type { TokenCacheStore, TokenCacheWarning } from "../cache/token-cache-store.ts";
import { AuthenticationError } from "../errors/authentication-error.ts";
import type { AuthenticationEvent } from "../events/events.ts";
import { resolveSettings } from "../options/resolve-settings.ts";
import { virtualClock } from "../testing/virtual-clock.ts";
import { cacheOf } from "./cache-of.ts";
import { CredentialState } from "./credential-state.ts";

const KEY = accountKey(ADA);

function stateOver(changes: Partial<TokenCacheStore>): {
  state: CredentialState;
  events: AuthenticationEvent[];
} {
  const events: AuthenticationEvent[] = [];
  const settings = resolveSettings({
    tokenCache: { ...memoryTokenCache(), ...changes },
    onEvent: (event) => events.push(event),
  });
  return { state: new CredentialState({ settings, flow: "test", clock: virtualClock() }), events };
}

describe("a fault of the store that a credential lives with is told", () => {
  const faultOf = (detail: string | undefined): AuthenticationError =>
    new AuthenticationError({ code: "cache", what: "It cannot be read", ...(detail && { detail }) });

  test.each([
    ["by the word for it", "cache_unreadable", "cache_unreadable"],
    ["as one of the cache, where it has no word", undefined, "cache"],
  ])("%s", async (_, detail, code) => {
    const error = faultOf(detail);
    const { state, events } = stateOver({ read: () => Promise.reject(error) });
    expect(await cacheOf(state).account(KEY)).toBeUndefined();
    expect(events).toEqual([{ type: "warning", flow: "test", code, message: error.message, error }]);
  });
});

test("what a store warns of is told once for each word, with the error if there is one", async () => {
  const error = new Error("no keyring");
  const warnings: TokenCacheWarning[] = [
    { code: "not_encrypted", message: "in plain text" },
    { code: "not_encrypted", message: "in plain text again" },
    { code: "keyring", message: "it does not answer", error },
  ];
  const { state, events } = stateOver({
    watchWarnings(listener) {
      for (const warning of warnings) listener(warning);
      return () => {};
    },
  });
  const cache = cacheOf(state);
  await cache.account(KEY);
  await cache.account(KEY);
  expect(events).toStrictEqual([
    { type: "warning", flow: "test", code: "not_encrypted", message: "in plain text" },
    { type: "warning", flow: "test", code: "keyring", message: "it does not answer", error },
  ]);
});
