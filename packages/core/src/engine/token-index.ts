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
  /** Until then a hit needs nothing else; afterwards a background refresh is due. In ms since 1970. */
  readonly calmUntil: number;
  /** The same by the clock that only moves forward. */
  readonly calmUntilMonotonic: number;
  /** Until then the token is served without waiting for anything. */
  readonly freshUntil: Moment;
}

interface Moment {
  /** In ms since 1970. */
  readonly wall: number;
  readonly monotonic: number;
}

// By scope, then by tenant. Looking up what the caller passed, as it is, costs a third of joining it to one key first.
// Most scopes have one tenant, whose entry stands here itself: with ten thousand tokens each further step to another
// place in memory costs more than all the rest.
interface OfScope extends IndexEntry {
  readonly tenantId: string;
  readonly others: Map<string, IndexEntry> | undefined;
}
type Entries = Map<string, OfScope>;

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
    const ofScope = (enableCae ? this.#cae : this.#plain).get(scope);
    return ofScope?.tenantId === tenantId ? ofScope : ofScope?.others?.get(tenantId);
  }

  /** The entry, if it needs nothing else to be served. */
  hit(scope: string, tenantId: string, enableCae: boolean): IndexEntry | undefined {
    const ofScope = (enableCae ? this.#cae : this.#plain).get(scope);
    if (ofScope === undefined) return undefined;
    const entry = ofScope.tenantId === tenantId ? ofScope : ofScope.others?.get(tenantId);
    return entry !== undefined && this.isCalm(entry) ? entry : undefined;
  }

  isCalm({ calmUntil, calmUntilMonotonic }: IndexEntry): boolean {
    return this.#clock.now() < calmUntil && this.#clock.monotonic() < calmUntilMonotonic;
  }

  isFresh({ freshUntil }: IndexEntry): boolean {
    return this.#clock.now() < freshUntil.wall && this.#clock.monotonic() < freshUntil.monotonic;
  }

  /** How long the token is valid yet, in ms; 0 or less: it has expired. */
  restOf({ token: { expiresOnTimestamp }, freshUntil }: IndexEntry): number {
    const margin = expiresOnTimestamp - freshUntil.wall;
    const { wall, monotonic } = freshUntil;
    return margin + Math.min(wall - this.#clock.now(), monotonic - this.#clock.monotonic());
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
    const calm = this.#moment(Math.min(refreshAfter, freshUntil));
    const entry = {
      token,
      served: Promise.resolve(token),
      calmUntil: calm.wall,
      calmUntilMonotonic: calm.monotonic,
      freshUntil: this.#moment(freshUntil),
    };
    this.#put(key, entry);
    return entry;
  }

  /** After a background refresh that failed, or brought nothing better: the next one is not tried at each call. */
  postponeRefresh(key: TokenKey): void {
    const entry = this.get(key);
    if (!entry) return;
    const later = this.#moment(this.#clock.now() + PAUSE_AFTER_FAILED_REFRESH_IN_MS);
    const { token, served, freshUntil } = entry;
    const { wall, monotonic } = later.wall < freshUntil.wall ? later : freshUntil;
    this.#put(key, { token, served, calmUntil: wall, calmUntilMonotonic: monotonic, freshUntil });
  }

  clear(): void {
    this.#plain.clear();
    this.#cae.clear();
  }

  #put({ scope, tenantId, enableCae }: TokenKey, entry: IndexEntry): void {
    const entries = enableCae ? this.#cae : this.#plain;
    const ofScope = entries.get(scope);
    if (ofScope === undefined || ofScope.tenantId === tenantId) {
      const { token, served, calmUntil, calmUntilMonotonic, freshUntil } = entry;
      const others = ofScope?.others;
      entries.set(scope, { tenantId, served, calmUntil, calmUntilMonotonic, token, freshUntil, others });
    } else if (ofScope.others === undefined) {
      entries.set(scope, { ...ofScope, others: new Map([[tenantId, entry]]) });
    } else {
      ofScope.others.set(tenantId, entry);
    }
  }

  #moment(wall: number): Moment {
    return { wall, monotonic: wall - this.#clock.now() + this.#clock.monotonic() };
  }
}
