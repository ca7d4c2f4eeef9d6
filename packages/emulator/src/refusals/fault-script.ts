import { isOfKind, REQUEST_KINDS, type RequestKind } from "../http/request-log.ts";
import type { EmulatorFault } from "./emulator-fault.ts";
import { checkFault } from "./forms-of-faults.ts";

interface Pending {
  readonly fault: EmulatorFault;
  after: number;
  times: number;
}

/** The faults that wait for their requests, first scripted first. */
export class FaultScript {
  #pending: Pending[] = [];

  /**
   * @throws RangeError for a fault that could never happen as it was meant: an unknown kind, no times
   * @throws TypeError for a member that a fault does not have, or that has another form
   */
  add(fault: EmulatorFault): void {
    if (typeof fault !== "object" || fault === null) throw new TypeError("script: a fault is an object");
    const { on, times = 1, after = 0 } = fault;
    if (!REQUEST_KINDS.includes(on))
      throw new RangeError(`script: on must be one of ${REQUEST_KINDS.join(", ")}, got ${on}`);
    checkFault(fault);
    if (!(times >= 1)) throw new RangeError(`script: times must be 1 or more, got ${String(times)}`);
    if (!(after >= 0)) throw new RangeError(`script: after must be 0 or more, got ${String(after)}`);
    this.#pending.push({ fault, times, after });
  }

  clear(): void {
    this.#pending = [];
  }

  /** The fault that befalls this request, used up by asking. */
  take(kind: RequestKind, tenant: string | undefined): EmulatorFault | undefined {
    for (const pending of this.#pending) {
      const { fault } = pending;
      if (!isOfKind(kind, fault.on) || (fault.tenant !== undefined && fault.tenant !== tenant)) continue;
      if (pending.after > 0) {
        pending.after -= 1;
        continue;
      }
      pending.times -= 1;
      if (pending.times <= 0) this.#pending = this.#pending.filter((it) => it !== pending);
      return fault;
    }
    return undefined;
  }
}
