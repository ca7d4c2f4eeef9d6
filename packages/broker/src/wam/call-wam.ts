import { AbortError, throwIfAborted } from "@entrada/core/credential";
import type { WamOperation, WamTransport } from "@entrada/wam";
import type { TokenAsk } from "../contract/token-ask.ts";

/**
 * Starts one operation and waits for it, at most until the signal aborts. The caller hears of an abort at once; WAM is
 * asked to stop, and what it still answers is dropped. What is asked for in the background keeps no process alive.
 */
export async function callWam<T>(
  transport: WamTransport,
  { signal, background = false }: Pick<TokenAsk, "signal" | "background">,
  start: (operation: WamOperation) => Promise<T>,
): Promise<T> {
  throwIfAborted(signal);
  const operationId = newOperationId();
  let leave = (): void => undefined;
  const aborted = new Promise<never>((_, reject) => {
    leave = () => {
      reject(new AbortError(signal));
      cancel(transport, operationId);
    };
    signal.addEventListener("abort", leave);
  });
  try {
    return await Promise.race([start({ operationId, ...(background ? { background } : {}) }), aborted]);
  } finally {
    signal.removeEventListener("abort", leave);
  }
}

// Drawn by lot: several credentials, each with a transport of its own, meet in one native module.
function newOperationId(): number {
  return crypto.getRandomValues(new Uint32Array(1))[0] ?? 0;
}

function cancel(transport: WamTransport, operationId: number): void {
  try {
    transport.cancel(operationId);
  } catch {
    // The caller is served already, and an error in an abort listener would end the process.
  }
}
