import type { Clock } from "../clock.ts";
import type { TokenAnswer } from "../flow/flow.ts";
import { expiryMarginOf } from "../flow/freshness.ts";
import type { AccessToken } from "../token-credential.ts";
import type { TokenKey } from "./request-key.ts";

// Where the authority sends no `refresh_in`, the background refresh begins up to a minute before the margin, at
// another moment in each process, so that a fleet of devices does not ask at once.
const REFRESH_JITTER_IN_MS = 60_000;
const PAUSE_AFTER_FAILED_REFRESH_IN_MS = 30_000;

/**
 * A token in memory. `served` is one promise for all callers, so that a hit allocates nothing. Each limit is kept by
 * both clocks: the wall clock may be set back, and the other one stands still while the machine sleeps.
 */
export interface IndexEntry {
  readonly token: AccessToken;
  readonly served: Promise<AccessToken>;
  /** Until then a hit needs nothing else; afterwards a background refresh is due. */
  readonly calmUntil: Moment;
  /** Until then the token is served without waiting for anything. */
  readonly freshUntil: Moment;
}

interface Moment {
  /** In ms since 1970. */
  readonly wall: number;
  readonly monotonic: number;
}

// By scope, then by tenant. Looking up what the caller passed, as it is, costs a third of joining it to one key first.
type Entries = Map<string, Map<string, IndexEntry>>;

/** The tokens of one account in memory. A look-up costs the same with one entry and with ten thousand. */
export class TokenIndex {
  readonly #plain: Entries = new Map();
  readonly #cae: Entries = new Map();
  readonly #clock: Clock;
  readonly #random: () => number;

  constructor(clock: Clock, random: () => number) {
    this.#clock = clock;
    this.#random = random;
  }

  get({ scope, tenantId, enableCae }: TokenKey): IndexEntry | undefined {
    return (enableCae ? this.#cae : this.#plain).get(scope)?.get(tenantId);
  }

  /** The entry, if it needs nothing else to be served. */
  hit(scope: string, tenantId: string, enableCae: boolean): IndexEntry | undefined {
    const entry = (enableCae ? this.#cae : this.#plain).get(scope)?.get(tenantId);
    return entry !== undefined && this.#isBefore(entry.calmUntil) ? entry : undefined;
  }

  isCalm(entry: IndexEntry): boolean {
    return this.#isBefore(entry.calmUntil);
  }

  isFresh(entry: IndexEntry): boolean {
    return this.#isBefore(entry.freshUntil);
  }

  set(key: TokenKey, answer: TokenAnswer): IndexEntry {
    const { expiresOnTimestamp, refreshAfterTimestamp, grantedScopes } = answer;
    const { receivedOnTimestamp = this.#clock.now() } = answer;
    const token: AccessToken = Object.freeze({
      token: answer.token,
      expiresOnTimestamp,
      ...(refreshAfterTimestamp === undefined ? {} : { refreshAfterTimestamp }),
      tokenType: "Bearer" as const,
      grantedScopes,
    });
    const margin = expiryMarginOf({ expiresOnTimestamp, receivedOnTimestamp });
    const freshUntil = expiresOnTimestamp - margin;
    const jitter = this.#random() * Math.min(REFRESH_JITTER_IN_MS, margin);
    const refreshAfter = refreshAfterTimestamp ?? freshUntil - jitter;
    const entry = {
      token,
      served: Promise.resolve(token),
      calmUntil: this.#moment(Math.min(refreshAfter, freshUntil)),
      freshUntil: this.#moment(freshUntil),
    };
    this.#put(key, entry);
    return entry;
  }

  /** After a background refresh failed: the next one is not tried at each call. */
  postponeRefresh(key: TokenKey): void {
    const entry = this.get(key);
    if (!entry) return;
    const later = this.#moment(this.#clock.now() + PAUSE_AFTER_FAILED_REFRESH_IN_MS);
    this.#put(key, {
      ...entry,
      calmUntil: later.wall < entry.freshUntil.wall ? later : entry.freshUntil,
    });
  }

  clear(): void {
    this.#plain.clear();
    this.#cae.clear();
  }

  #put({ scope, tenantId, enableCae }: TokenKey, entry: IndexEntry): void {
    const entries = enableCae ? this.#cae : this.#plain;
    const ofScope = entries.get(scope) ?? new Map<string, IndexEntry>();
    ofScope.set(tenantId, entry);
    entries.set(scope, ofScope);
  }

  #moment(wall: number): Moment {
    return { wall, monotonic: wall - this.#clock.now() + this.#clock.monotonic() };
  }

  #isBefore(moment: Moment): boolean {
    return this.#clock.now() < moment.wall && this.#clock.monotonic() < moment.monotonic;
  }
}
