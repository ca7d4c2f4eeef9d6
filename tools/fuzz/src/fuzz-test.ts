import { expect, test } from "vitest";
import { Drawn } from "./drawn.ts";
import { planFrom, seedOfInput, type FuzzPlan } from "./fuzz-plan.ts";
import { targetOf } from "./targets.ts";

export interface Fuzzing {
  /** Draws one input, tries it, and says in a word what became of it. Whatever it throws is a fault. */
  readonly once: (drawn: Drawn) => string | Promise<string>;
  /** The least share of all inputs that each of these words has: neither everything nor nothing is damaged. */
  readonly least: Readonly<Record<string, number>>;
  /** How many inputs one call of `once` tries together. @defaultValue 1 */
  readonly together?: number;
}

/** What `npm run fuzz` reads of a test. */
export interface FuzzCount {
  readonly inputs: number;
  readonly seconds: number;
  readonly faults: number;
  /** How often each word came. */
  readonly became: Readonly<Record<string, number>>;
  /** What else there is to say of it. */
  readonly note?: string;
}

declare module "vitest" {
  interface TaskMeta {
    fuzz?: FuzzCount;
  }
}

const LONGEST_IN_MS = 12 * 3_600_000;
// So many say enough of a fault; those that follow would only hide the first.
const MOST_FAULTS = 5;
// Below this a share is chance.
const ENOUGH_FOR_SHARES = 1000;
// vitest wants to hear from a test now and then.
const PAUSE_EVERY_MS = 500;

/** A test with drawn inputs: with `npm test` as many as for a pull request, with `npm run fuzz` as it was asked. */
export function fuzzTest(title: string, name: string, fuzzing: Fuzzing): void {
  const plan = planFrom(process.env, targetOf(name));
  // oxlint-disable-next-line vitest/valid-title -- each caller writes it out
  test(title, { timeout: LONGEST_IN_MS }, async ({ task }) => {
    const { faults, ...count } = await tryInputs(name, plan, fuzzing);
    task.meta.fuzz = { ...count, faults: faults.length };
    if (faults.length > 0) throw new Error(faults.join("\n\n"));
    if (count.inputs < ENOUGH_FOR_SHARES) return;
    for (const [word, share] of Object.entries(fuzzing.least))
      expect((count.became[word] ?? 0) / count.inputs, `the share of "${word}"`).toBeGreaterThanOrEqual(
        share,
      );
  });
}

async function tryInputs(
  name: string,
  { seed, from, count, seconds = Infinity }: FuzzPlan,
  { once, together = 1 }: Fuzzing,
): Promise<Omit<FuzzCount, "faults"> & { readonly faults: readonly string[] }> {
  const began = performance.now();
  const elapsed = (): number => performance.now() - began;
  const became: Record<string, number> = {};
  const faults: string[] = [];
  let inputs = 0;
  let paused = 0;
  while (inputs < count && elapsed() < seconds * 1000 && faults.length < MOST_FAULTS) {
    const index = from + inputs;
    try {
      const word = await once(new Drawn(seedOfInput(seed, index)));
      became[word] = (became[word] ?? 0) + together;
    } catch (error) {
      const again = `npm run fuzz -- ${name} --seed ${seed} --from ${index} --count ${together}`;
      faults.push(`${again}: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`);
    }
    inputs += together;
    if (elapsed() - paused < PAUSE_EVERY_MS) continue;
    await new Promise<void>((resolve) => setImmediate(resolve));
    paused = elapsed();
  }
  return { inputs, seconds: Math.round(elapsed() / 100) / 10, became, faults };
}
