import type { CacheFault } from "../cache/cache-fault.ts";
import { TokenCache } from "../cache/token-cache.ts";
import { toldOnce } from "../events/told-once.ts";
import type { CredentialState } from "./credential-state.ts";

/** The token cache of a credential, which hears of its faults, and has what was read of it before. */
export function cacheOf(state: CredentialState): TokenCache {
  const { settings, clock, hear, known } = state;
  const tell = (fault: CacheFault): void => state.warn(fault.detail ?? "cache", fault.message, fault);
  return new TokenCache(settings.tokenCache, toldOnce(tell, clock), clock, hear, known);
}
