import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";

// A finalizer, or a promise, may need a turn of its own to let go.
const MOST_TURNS = 20;

setFlagsFromString("--expose-gc");
const collect = runInNewContext("gc") as () => void;

/** Lets go, after a turn of the event loop, of everything that nobody holds. */
export async function collectGarbage(): Promise<void> {
  await new Promise((resolve) => void setImmediate(resolve));
  collect();
}

/** What somebody still holds of these, however often the garbage is collected. */
export async function stillHeld(references: readonly WeakRef<object>[]): Promise<readonly object[]> {
  for (let turns = 0; turns < MOST_TURNS && references.some((one) => one.deref()); turns += 1)
    await collectGarbage();
  return references.flatMap((one) => one.deref() ?? []);
}
