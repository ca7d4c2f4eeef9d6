import { AuthorityDirectory } from "../authority/authority-metadata.ts";
import { TokenCache } from "../cache/token-cache.ts";
import { systemClock, type Clock } from "../clock.ts";
import { TokenEngine } from "../engine/token-engine.ts";
import { EventSink } from "../event-sink.ts";
import { createLogger } from "../logger.ts";
import { EntraClient } from "../msal/entra-client.ts";
import { AuthorityClient } from "../network/authority-client.ts";
import { fetchTransport } from "../network/fetch-transport.ts";
import { nodeHttpsTransport } from "../network/node-https-transport.ts";
import type { CredentialSettings } from "../options/resolve-settings.ts";
import type { Flow } from "./flow.ts";

/** What a flow is built from. */
export interface FlowParts {
  readonly settings: CredentialSettings;
  /** The msal boundary: discovery, silent renewal, redemption, accounts. */
  readonly entra: EntraClient;
  readonly clock: Clock;
  readonly events: EventSink;
}

export interface CreateEngineOptions {
  readonly settings: CredentialSettings;
  /** The flow's name, as in `Flow.name`. */
  readonly flow: string;
  readonly createFlow: (parts: FlowParts) => Flow;
  readonly clock?: Clock;
}

/** Puts a credential together: settings go down once, here. Does no I/O. */
export function createEngine({
  settings,
  flow,
  createFlow,
  clock = systemClock,
}: CreateEngineOptions): TokenEngine {
  const events = new EventSink(settings.onEvent, createLogger(flow));
  const warn = (code: string, message: string, error?: Error): void =>
    events.report({ type: "warning", flow, code, message, ...(error ? { error } : {}) });
  const https = settings.fetch ? undefined : nodeHttpsTransport();
  const client = new AuthorityClient({
    transport: https ?? fetchTransport(settings.fetch!),
    clock,
    requestTimeoutInMs: settings.requestTimeoutInMs,
    onClockSkew: (skewInMs) =>
      warn(
        "clock_skew",
        `The authority's clock differs from this machine's by ${Math.round(skewInMs / 1000)} s.`,
      ),
  });
  const { authorityHost, clientId, disableInstanceDiscovery, tokenCache } = settings;
  const entra = new EntraClient({
    clientId,
    authorityHost,
    flow,
    client,
    directory: new AuthorityDirectory({ client, authorityHost, disableInstanceDiscovery }),
    cache: new TokenCache(tokenCache, (error) => warn(detailOf(error), error.message, error), clock),
    clock,
    events,
  });
  return new TokenEngine({
    settings,
    flow: createFlow({ settings, entra, clock, events }),
    events,
    clock,
    onDispose: () => https?.close(),
  });
}

function detailOf(error: Error & { readonly detail?: string }): string {
  return error.detail ?? "cache";
}
