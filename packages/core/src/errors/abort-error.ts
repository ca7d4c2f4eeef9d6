import type { AbortSignalLike } from "../token-credential.ts";
import { isMadeBy, isMarked } from "./is-made-by.ts";

// As for AuthenticationError: two copies of this package meet in one process sooner or later.
const MARKER: unique symbol = Symbol.for("entrada.AbortError") as never;

/** The caller's own `abortSignal` ended the call. `cause` is the signal's reason. */
export class AbortError extends Error {
  /** True for those of every copy of this package. */
  static override [Symbol.hasInstance](error: unknown): boolean {
    return isMadeBy(this, error) || (this === AbortError && isMarked(error, MARKER));
  }

  override name = "AbortError";
  readonly code = "ABORT_ERR";

  constructor(signal?: AbortSignalLike) {
    const reason = (signal as { reason?: unknown } | undefined)?.reason;
    super("The operation was aborted.", reason === undefined ? undefined : { cause: reason });
    Object.defineProperty(this, MARKER, { value: true });
  }
}

export function throwIfAborted(signal: AbortSignalLike | undefined): void {
  if (signal?.aborted) throw new AbortError(signal);
}
