import type { Clock } from "../clock.ts";

/** Remembers which hosts asked to be left alone, and until when. */
export class HostGate {
  readonly #clock: Clock;
  readonly #closedUntil = new Map<string, number>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  close(host: string, forMs: number): void {
    this.#closedUntil.set(host, this.#clock.monotonic() + forMs);
  }

  /** How long `host` still wants no request, in whole ms; 0: it takes some. */
  restOf(host: string): number {
    return Math.max(0, Math.ceil((this.#closedUntil.get(host) ?? 0) - this.#clock.monotonic()));
  }
}
