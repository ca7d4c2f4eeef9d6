import type { AbortSignalLike } from "../token-credential.ts";

/** The caller's own `abortSignal` ended the call. `cause` is the signal's reason. */
export class AbortError extends Error {
  override name = "AbortError";
  readonly code = "ABORT_ERR";

  constructor(signal?: AbortSignalLike) {
    const reason = (signal as { reason?: unknown } | undefined)?.reason;
    super("The operation was aborted.", reason === undefined ? undefined : { cause: reason });
  }
}

export function throwIfAborted(signal: AbortSignalLike | undefined): void {
  if (signal?.aborted) throw new AbortError(signal);
}
