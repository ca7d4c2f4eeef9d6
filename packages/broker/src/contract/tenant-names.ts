import { throwIfAborted, withinTime, type Clock } from "@entrada/core/flow";
import type { TokenAsk } from "./token-ask.ts";

/** Asks an authority for the id of a tenant that is named by a domain; undefined where it does not tell. */
export type TenantLookup = (ask: TokenAsk) => Promise<string | undefined>;

// Nothing but a comparison depends on it.
const LIMIT_IN_MS = 5_000;
const UNKNOWN_FOR_IN_MS = 60_000;

interface Learnt {
  readonly id: string | undefined;
  /** By the clock's `monotonic`. */
  readonly until: number;
}

/** The ids of tenants that are asked for by their domains: looked up once. */
export class TenantNames {
  readonly #lookup: TenantLookup;
  readonly #clock: Clock;
  readonly #learnt = new Map<string, Learnt>();

  constructor(lookup: TenantLookup, clock: Clock) {
    this.#lookup = lookup;
    this.#clock = clock;
  }

  /** The id of the asked tenant; undefined where it is not asked for by a domain, and where nobody tells. */
  async idOf(ask: TokenAsk): Promise<string | undefined> {
    const { authorityHost, tenantId } = ask;
    if (!tenantId.includes(".")) return undefined;
    const key = `${authorityHost}/${tenantId}`.toLowerCase();
    const learnt = this.#learnt.get(key);
    if (learnt && this.#clock.monotonic() < learnt.until) return learnt.id;
    const id = await this.#ask(ask);
    const until = id === undefined ? this.#clock.monotonic() + UNKNOWN_FOR_IN_MS : Infinity;
    this.#learnt.set(key, { id, until });
    return id;
  }

  async #ask(ask: TokenAsk): Promise<string | undefined> {
    const { signal } = ask;
    const limit = {
      clock: this.#clock,
      limitInMs: LIMIT_IN_MS,
      signal,
      tooLate: () => new Error("The authority did not tell the tenant's id in time."),
    };
    try {
      return await withinTime(limit, (inner) => this.#lookup({ ...ask, signal: inner }));
    } catch {
      // Unknown is not another. Who has left need not hear of it.
      throwIfAborted(signal);
      return undefined;
    }
  }
}
