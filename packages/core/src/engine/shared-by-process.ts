import type { Clock } from "../clock.ts";
import type { Acquired } from "./acquired.ts";
import { SignInGate } from "./sign-in-gate.ts";

type Gate = SignInGate<Acquired>;

interface Shared {
  readonly gates: Map<string, WeakRef<Gate>>;
  /** What is kept though no credential may have it any more: the person's no counts for the next one, too. */
  readonly resting: Set<Gate>;
  sweepAt: number;
}

// By what asks, and by clock: a test that turns its hands has a process of its own.
const ofAskers = new WeakMap<object, WeakMap<Clock, Shared>>();
const FEW = 16;

/** The gate of all credentials of this process that would ask the person for the same. It goes with the last of them. */
export function sharedByProcess(asksBy: object, clock: Clock, question: string): Gate {
  const ofClocks = ofAskers.get(asksBy) ?? new WeakMap<Clock, Shared>();
  ofAskers.set(asksBy, ofClocks);
  const shared = ofClocks.get(clock) ?? { gates: new Map(), resting: new Set(), sweepAt: FEW };
  ofClocks.set(clock, shared);
  const { gates, resting } = shared;
  for (const each of resting) if (!each.isResting) resting.delete(each);
  const present = gates.get(question)?.deref();
  if (present) return present;
  const gate: Gate = new SignInGate(clock, () => resting.add(gate));
  gates.set(question, new WeakRef(gate));
  if (gates.size > shared.sweepAt) {
    for (const [key, each] of gates) if (!each.deref()) gates.delete(key);
    shared.sweepAt = FEW + 2 * gates.size;
  }
  return gate;
}
