import type { Emulator, EmulatorFault } from "@entrada/emulator";

/** All ways in which the emulator can fail a renewal. */
const FAULTS: readonly Omit<EmulatorFault, "on">[] = [
  { status: 500 },
  { status: 502, body: "<html>Bad Gateway</html>" },
  { status: 503, retryAfter: 1 },
  { retryAfter: 1 },
  { status: 302, headers: { location: "https://elsewhere.example/" } },
  { reset: true },
  { reset: "afterWork" },
  { truncate: true },
  { drip: 1 },
  { delayInMs: 300 },
  { never: true },
  { huge: 8_000_000 },
  { huge: 8_000_000, gzip: true },
  { status: 200, body: "not JSON" },
  { status: 200, body: [] },
  { error: { error: "temporarily_unavailable", aadsts: 90055 } },
  { wrongIssuer: true },
];

/** The authority's weather: a share of its answers fails, its clock jumps, sessions end. */
export class Weather {
  faults = 0;
  revocations = 0;
  clockSteps = 0;
  readonly #emulator: Emulator;
  readonly #chance: () => number;
  readonly #failing: number;
  #seen = 0;
  #due = 0;

  constructor(emulator: Emulator, chance: () => number, failing: number) {
    this.#emulator = emulator;
    this.#chance = chance;
    this.#failing = failing;
  }

  /** Called several times a second. */
  pass(usernames: readonly string[]): void {
    const seen = this.#emulator.count("refresh");
    this.#due += (seen - this.#seen) * this.#failing;
    this.#seen = seen;
    for (; this.#due >= 1; this.#due--) {
      this.#emulator.script({ on: "refresh", ...this.#pick(FAULTS) });
      this.faults++;
    }
    if (this.#chance() < 0.004) {
      this.#emulator.revoke(this.#pick(usernames));
      this.revocations++;
    }
    if (this.#chance() < 0.002) {
      // Forward alone: tokens that it has made age at once, and what it says of the time differs from ours.
      this.#emulator.clock.advance(Math.floor(this.#chance() * 2000));
      this.clockSteps++;
    }
  }

  #pick<T>(items: readonly T[]): T {
    return items[Math.floor(this.#chance() * items.length)]!;
  }
}
