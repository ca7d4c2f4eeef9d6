// As in the options' defaults; written anew, since it is what the engine is compared with.
const COOL_DOWN_IN_MS = 30_000;

/** When the person has said no, and to whom that still counts. */
export class Rests {
  readonly #until = new Map<string, Map<string, number>>();

  begin(gate: string, hint: string, now: number): void {
    const ofGate = this.#until.get(gate) ?? new Map<string, number>();
    ofGate.set(hint, now + COOL_DOWN_IN_MS);
    this.#until.set(gate, ofGate);
  }

  /** Somebody has signed in. */
  end(gate: string): void {
    this.#until.delete(gate);
  }

  isResting(gate: string, hint: string, now: number): boolean {
    return (this.#until.get(gate)?.get(hint) ?? -1) > now;
  }
}
