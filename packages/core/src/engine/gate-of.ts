import type { Clock } from "../clock.ts";
import type { CredentialSettings } from "../options/resolve-settings.ts";
import type { Acquired } from "./acquired.ts";
import { sharedByStore } from "./shared-by-store.ts";
import { SignInGate } from "./sign-in-gate.ts";

/**
 * The gate through which a credential's prompts reach the person. Credentials that share a token cache have each
 * other's sign-ins, so that one prompt serves them all: for the same client, authority and account they share a gate.
 */
export function gateOf(settings: CredentialSettings, clock: Clock): SignInGate<Acquired> {
  const { tokenCache, clientId, authorityHost, account } = settings;
  const { gates } = sharedByStore(tokenCache);
  const key = [clientId, authorityHost, account?.homeAccountId.toLowerCase() ?? ""].join("\n");
  const gate = gates.get(key) ?? new SignInGate<Acquired>(clock);
  gates.set(key, gate);
  return gate;
}
