import type { Clock } from "../clock.ts";
import type { EventSink } from "../events/event-sink.ts";
import type { Flow } from "../flow/flow.ts";
import { EntraClient } from "../msal/entra-client.ts";
import { EntraFlow, type EntraFlowWays } from "../msal/entra-flow.ts";
import type { CredentialSettings } from "../options/resolve-settings.ts";
import { cacheOf } from "./cache-of.ts";
import type { CreateFlowPartsOptions } from "./create-flow-parts-options.ts";
import { CredentialState } from "./credential-state.ts";

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

/**
 * The parts that `createEngine` hands to `createFlow`, for a flow without an engine, as in a test. Does no I/O: the way
 * to the authority is opened at the first request to it.
 */
export function createFlowParts(options: CreateFlowPartsOptions): FlowParts {
  return flowPartsOf(new CredentialState(options));
}

/** The parts of one credential's flow. */
export function flowPartsOf(state: CredentialState): FlowParts {
  const { settings, flow, clock, events } = state;
  const { authorityHost, clientId, loginHint } = settings;
  const warn = (code: string, message: string, error?: Error): void => state.warn(code, message, error);
  const entra = new EntraClient({
    clientId,
    authorityHost,
    loginHint,
    flow,
    cache: cacheOf(state),
    clock,
    events,
    connect: async () => {
      const { AuthorityConnection } = await import("../msal/authority-connection.ts");
      return new AuthorityConnection({ settings, clock, warn });
    },
  });
  return { settings, entra, clock, events, entraFlow: (ways) => new EntraFlow({ entra, ...ways }) };
}
