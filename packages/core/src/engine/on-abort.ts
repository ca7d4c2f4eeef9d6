import type { AbortSignalLike } from "../token-credential.ts";

/** The one listener of a signal, and whom it tells. */
interface Watch {
  readonly callbacks: Set<() => void>;
  end(): void;
}

// One listener per signal, however many calls were given it: Node warns of a leak where it counts more than ten. A
// watch belongs to its signal and goes with it. Nothing else is kept here.
const watches = new WeakMap<AbortSignalLike, Watch>();

/**
 * Calls back once when `signal` is aborted.
 * @returns takes the callback away again; the last one takes the listener along.
 */
export function onAbort(signal: AbortSignalLike, callback: () => void): () => void {
  const watch = watches.get(signal) ?? watchOf(signal);
  // Two calls may pass the same function.
  const told = (): void => callback();
  watch.callbacks.add(told);
  return () => {
    watch.callbacks.delete(told);
    if (watch.callbacks.size === 0) watch.end();
  };
}

function watchOf(signal: AbortSignalLike): Watch {
  const callbacks = new Set<() => void>();
  const onAborted = (): void => {
    watch.end();
    for (const callback of callbacks) callback();
  };
  const watch: Watch = {
    callbacks,
    end: () => {
      signal.removeEventListener("abort", onAborted);
      if (watches.get(signal) === watch) watches.delete(signal);
    },
  };
  watches.set(signal, watch);
  signal.addEventListener("abort", onAborted);
  return watch;
}
