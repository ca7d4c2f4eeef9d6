import type { TokenAnswer } from "../flow/flow.ts";
import { EXPIRY_MARGIN_IN_MS } from "../flow/freshness.ts";
import type { AccessToken } from "../token-credential.ts";

// Where the authority sends no `refresh_in`, the background refresh begins up to a minute before the margin, at
// another moment in each process, so that a fleet of devices does not ask at once.
const REFRESH_JITTER_IN_MS = 60_000;
const PAUSE_AFTER_FAILED_REFRESH_IN_MS = 30_000;

/** A token in memory. `served` is one promise for all callers, so that a hit allocates nothing. */
export interface IndexEntry {
  readonly token: AccessToken;
  readonly served: Promise<AccessToken>;
  /** Until then a hit needs nothing else; afterwards a background refresh is due. In ms since 1970. */
  readonly calmUntil: number;
  /** Until then the token is served without waiting for anything. In ms since 1970. */
  readonly freshUntil: number;
}

/** The tokens of one account in memory. A look-up costs the same with one entry and with ten thousand. */
export class TokenIndex {
  readonly #entries = new Map<string, IndexEntry>();
  readonly #random: () => number;

  constructor(random: () => number) {
    this.#random = random;
  }

  get(key: string): IndexEntry | undefined {
    return this.#entries.get(key);
  }

  set(key: string, answer: TokenAnswer): IndexEntry {
    const token: AccessToken = Object.freeze({
      token: answer.token,
      expiresOnTimestamp: answer.expiresOnTimestamp,
      ...(answer.refreshAfterTimestamp === undefined
        ? {}
        : { refreshAfterTimestamp: answer.refreshAfterTimestamp }),
      tokenType: "Bearer" as const,
      grantedScopes: answer.grantedScopes,
    });
    const freshUntil = answer.expiresOnTimestamp - EXPIRY_MARGIN_IN_MS;
    const refreshAfter = answer.refreshAfterTimestamp ?? freshUntil - this.#random() * REFRESH_JITTER_IN_MS;
    const entry = {
      token,
      served: Promise.resolve(token),
      calmUntil: Math.min(refreshAfter, freshUntil),
      freshUntil,
    };
    this.#entries.set(key, entry);
    return entry;
  }

  /** After a background refresh failed: the next one is not tried at each call. */
  postponeRefresh(key: string, now: number): void {
    const entry = this.#entries.get(key);
    if (!entry) return;
    const calmUntil = Math.min(now + PAUSE_AFTER_FAILED_REFRESH_IN_MS, entry.freshUntil);
    this.#entries.set(key, { ...entry, calmUntil });
  }

  clear(): void {
    this.#entries.clear();
  }
}
