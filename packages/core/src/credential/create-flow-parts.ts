import type { TokenCacheWarning } from "../cache/token-cache-store.ts";
import { TokenCache } from "../cache/token-cache.ts";
import { systemClock, type Clock } from "../clock.ts";
import type { AuthenticationEvent } from "../events/events.ts";
import { EventSink } from "../events/event-sink.ts";
import { createLogger } from "../events/logger.ts";
import type { Flow } from "../flow/flow.ts";
import { EntraClient } from "../msal/entra-client.ts";
import { EntraFlow, type EntraFlowWays } from "../msal/entra-flow.ts";
import type { CredentialSettings } from "../options/resolve-settings.ts";

/** What a flow is built from. */
export interface FlowParts {
  readonly settings: CredentialSettings;
  /** The msal boundary: discovery, silent renewal, redemption, accounts. */
  readonly entra: EntraClient;
  readonly clock: Clock;
  readonly events: EventSink;
  /** A flow whose tokens come from `entra`: what it says of itself, and how it asks a person. */
  readonly entraFlow: (ways: EntraFlowWays) => Flow;
}

export interface CreateFlowPartsOptions {
  settings: CredentialSettings;
  /** The flow's name, as in `Flow.name`. */
  flow: string;
  clock?: Clock;
  /** Shows the person what a sign-in says, where the caller has taken that upon nobody. */
  prompt?: ((event: AuthenticationEvent) => void) | undefined;
}

/**
 * The parts that `createEngine` hands to `createFlow`, for a flow without an engine, as in a test. Does no I/O: the way
 * to the authority is opened at the first request to it.
 */
export function createFlowParts({
  settings,
  flow,
  clock = systemClock,
  prompt,
}: CreateFlowPartsOptions): FlowParts {
  const events = new EventSink(settings.onEvent, createLogger(flow), prompt);
  const warn = (code: string, message: string, error?: Error): void =>
    events.report({ type: "warning", flow, code, message, ...(error ? { error } : {}) });
  // Once for each code: a store that cannot encrypt says so at each save.
  const heard = new Set<string>();
  const hear = ({ code, message, error }: TokenCacheWarning): void => {
    if (!heard.has(code)) warn(code, message, error);
    heard.add(code);
  };
  const { authorityHost, clientId, tokenCache } = settings;
  const entra = new EntraClient({
    clientId,
    authorityHost,
    loginHint: settings.loginHint,
    flow,
    cache: new TokenCache(tokenCache, (error) => warn(detailOf(error), error.message, error), clock, hear),
    clock,
    events,
    connect: async () => {
      const { AuthorityConnection } = await import("../msal/authority-connection.ts");
      return new AuthorityConnection({ settings, clock, warn });
    },
  });
  return { settings, entra, clock, events, entraFlow: (ways) => new EntraFlow({ entra, ...ways }) };
}

function detailOf(error: Error & { readonly detail?: string }): string {
  return error.detail ?? "cache";
}
