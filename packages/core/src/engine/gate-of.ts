import type { TokenCacheStore } from "../cache/token-cache-store.ts";
import type { Clock } from "../clock.ts";
import type { CredentialSettings } from "../options/resolve-settings.ts";
import { SignInGate } from "./sign-in-gate.ts";
import type { Acquired } from "./token-acquirer.ts";

// The gates of a store belong to it and go with it: a property that it does not know of. Nothing else is kept here.
const gatesOf = new WeakMap<TokenCacheStore, Map<string, SignInGate<Acquired>>>();

/**
 * The gate through which a credential's prompts reach the person. Credentials that share a token cache have each
 * other's sign-ins, so that one prompt serves them all: for the same client, authority and account they share a gate.
 */
export function gateOf(settings: CredentialSettings, clock: Clock): SignInGate<Acquired> {
  const { tokenCache, clientId, authorityHost, account } = settings;
  if (tokenCache === undefined) return new SignInGate(clock);
  const gates = gatesOf.get(tokenCache) ?? new Map<string, SignInGate<Acquired>>();
  gatesOf.set(tokenCache, gates);
  const key = [clientId, authorityHost, account?.homeAccountId ?? ""].join("\n");
  const gate = gates.get(key) ?? new SignInGate<Acquired>(clock);
  gates.set(key, gate);
  return gate;
}
