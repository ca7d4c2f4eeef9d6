import type { Clock } from "../clock.ts";
import type { CredentialSettings } from "../options/resolve-settings.ts";
import type { Acquired } from "./acquired.ts";
import { sharedByProcess } from "./shared-by-process.ts";
import { sharedByStore } from "./shared-by-store.ts";
import { SignInGate } from "./sign-in-gate.ts";

/**
 * The gate through which a credential's prompts reach the person. Credentials that share a token cache have each
 * other's sign-ins, so that one prompt serves them all: for the same client, authority and account they share a gate.
 * Without a token cache they share one only where they would ask for the very same, in the same way: the person says
 * yes or no to that, and not to a credential.
 */
export function gateOf(
  settings: CredentialSettings,
  clock: Clock,
  asksBy: object | undefined,
): SignInGate<Acquired> {
  const { tokenCache, clientId, authorityHost, account, tenantId, prompt, loginHint } = settings;
  const key = [clientId, authorityHost, account?.homeAccountId.toLowerCase() ?? ""];
  if (!tokenCache) {
    if (!asksBy) return new SignInGate<Acquired>(clock);
    const question = [...key, tenantId.toLowerCase(), prompt ?? "", loginHint?.toLowerCase() ?? ""];
    return sharedByProcess(asksBy, clock, question.join("\n"));
  }
  const { gates } = sharedByStore(tokenCache);
  const gate = gates.get(key.join("\n")) ?? new SignInGate<Acquired>(clock);
  gates.set(key.join("\n"), gate);
  return gate;
}
