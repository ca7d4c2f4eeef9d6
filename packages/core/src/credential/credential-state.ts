import type { TokenCacheWarning } from "../cache/token-cache-store.ts";
import type { KnownAccounts } from "../cache/accounts-of-store.ts";
import { systemClock, type Clock } from "../clock.ts";
import { Session } from "../engine/session.ts";
import { EventSink } from "../events/event-sink.ts";
import { createLogger } from "../events/logger.ts";
import type { CredentialSettings } from "../options/resolve-settings.ts";
import type { CreateFlowPartsOptions } from "./create-flow-parts-options.ts";

/** What is a credential's own, whether its engine is there yet or not: who is signed in, and who hears of it. */
export class CredentialState {
  readonly settings: CredentialSettings;
  /** The flow's name, as in `Flow.name`. */
  readonly flow: string;
  readonly clock: Clock;
  readonly events: EventSink;
  readonly session: Session;
  /** What was read of the token cache last. */
  readonly known: KnownAccounts = new Map();
  // Once for each code: a store that cannot encrypt says so at each save.
  readonly #heard = new Set<string>();

  constructor({ settings, flow, clock = systemClock, prompt }: CreateFlowPartsOptions) {
    this.settings = settings;
    this.flow = flow;
    this.clock = clock;
    this.events = new EventSink(settings.onEvent, createLogger(flow), prompt);
    this.session = new Session({ settings, clock, random: Math.random });
  }

  /** Hears what the token cache's store warns of. */
  readonly hear = ({ code, message, error }: TokenCacheWarning): void => {
    if (!this.#heard.has(code)) this.warn(code, message, error);
    this.#heard.add(code);
  };

  warn(code: string, message: string, error?: Error): void {
    const { flow } = this;
    this.events.report({ type: "warning", flow, code, message, ...(error ? { error } : {}) });
  }
}
