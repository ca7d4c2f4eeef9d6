import { WamError } from "@entrada/wam";
import type { RuntimeHandle } from "./msal-runtime.ts";
import { isRuntimeFailure, runtimeError } from "./runtime-refusal.ts";

interface Pending {
  readonly abandon: () => void;
}

/** The runtime's callbacks as promises that can be cancelled by number. A callback never throws into native code. */
export class RuntimeCalls {
  readonly #pending = new Map<number, Pending>();

  /** Starts one call of the runtime and waits for its callback. */
  async run<T>(
    operationId: number,
    step: string,
    start: (callback: (result: T) => void) => RuntimeHandle,
  ): Promise<T> {
    try {
      return await new Promise<T>((resolve, reject) => {
        let handle: RuntimeHandle | undefined;
        const abandon = (): void => {
          reject(new WamError({ code: "WAM_CANCELLED", step }));
          handle?.CancelAsyncOperation();
        };
        this.#pending.set(operationId, { abandon });
        handle = start(resolve);
      });
    } catch (error) {
      throw isRuntimeFailure(error) ? runtimeError(error, step) : error;
    } finally {
      this.#pending.delete(operationId);
    }
  }

  cancel(operationId: number): boolean {
    const pending = this.#pending.get(operationId);
    pending?.abandon();
    return pending !== undefined;
  }
}
