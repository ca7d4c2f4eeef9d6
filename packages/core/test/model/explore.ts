import type { Arrangement } from "./arrangements.ts";
import type { EngineParts } from "./engine-parts.ts";
import { endOfWorld } from "./end-of-world.ts";
import { fingerprintOf } from "./fingerprint.ts";
import { INVARIANTS } from "./invariants.ts";
import { perform, possibleActions } from "./model-actions.ts";
import { ModelWorld } from "./model-world.ts";

export interface ExploreOptions {
  readonly parts: EngineParts;
  readonly arrangement: Arrangement;
  /** How many things happen, one after the other. */
  readonly depth: number;
  /** Whether worlds that look the same from outside are gone on with once only. */
  readonly merge: boolean;
}

export interface Explored {
  /** How many ways were gone to their end. */
  readonly ways: number;
  readonly steps: number;
  /** The first broken promise, with the way that leads there. */
  readonly broken?: { readonly sentence: string; readonly what: string; readonly way: readonly string[] };
}

/**
 * Goes every way that up to `depth` things can happen in, checks the invariants after each, and lets each world come
 * to its end. A way is replayed from its beginning, since an engine cannot be copied; only its last part is new.
 */
export async function explore({ parts, arrangement, depth, merge }: ExploreOptions): Promise<Explored> {
  const ahead: (readonly string[])[] = [[]];
  const seen = new Map<string, number>();
  let ways = 0;
  let steps = 0;
  for (let given = ahead.pop(); given; given = ahead.pop()) {
    const world = new ModelWorld(parts, arrangement);
    await world.makeBeginning();
    const way = [...given];
    let isNew = true;
    for (let at = 0; at < depth; at += 1) {
      const actions = possibleActions(world, way.slice(0, at));
      const names = [...actions.keys()];
      if (at >= given.length) {
        for (const other of names.slice(1)) ahead.push([...way, other]);
        if (names[0] === undefined) break;
        way.push(names[0]);
      }
      const name = way[at]!;
      const act = actions.get(name);
      if (!act) throw new Error(`The way cannot be gone again: ${way.join(" > ")}`);
      await perform(world, name, act);
      steps += 1;
      // What comes before the last of the given steps was looked at when its sibling was gone.
      if (at < given.length - 1) continue;
      const broken = brokenIn(world);
      if (broken) return { ways, steps, broken: { ...broken, way: way.slice(0, at + 1) } };
      if (!merge) continue;
      const left = depth - at;
      const fingerprint = fingerprintOf(world);
      isNew = (seen.get(fingerprint) ?? -1) < left;
      if (!isNew) break;
      seen.set(fingerprint, left);
    }
    if (!isNew) continue;
    ways += 1;
    const what = await endOfWorld(world, () => brokenIn(world));
    if (what) return { ways, steps, broken: { ...what, way } };
  }
  return { ways, steps };
}

function brokenIn(world: ModelWorld): { sentence: string; what: string } | undefined {
  for (const { sentence, broken } of INVARIANTS) {
    const what = broken(world);
    if (what !== false) return { sentence, what };
  }
  return undefined;
}
