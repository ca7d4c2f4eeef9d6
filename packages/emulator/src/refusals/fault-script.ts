import { isOfKind, REQUEST_KINDS, type RequestKind } from "../http/request-log.ts";
import { checkFault } from "./forms-of-faults.ts";

/** An answer as `mutate` sees it. `body` is an object where the answer is JSON, otherwise its text. */
export interface EmulatorAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: unknown;
}

/** What is to go wrong with the next requests of a kind. */
export interface EmulatorFault {
  on: RequestKind;
  /** How many requests it befalls. @defaultValue 1 */
  times?: number | undefined;
  /** Requests of the kind that pass unharmed first. @defaultValue 0 */
  after?: number | undefined;
  /** Only where the path has this tenant segment. */
  tenant?: string | undefined;
  /** Waits so many milliseconds, by the real clock, before anything else. */
  delayInMs?: number | undefined;
  /** Answers with this status instead of working. */
  status?: number | undefined;
  /** Answers with this body instead of working: text as it is, anything else as JSON. */
  body?: unknown;
  /** Headers of the answer, beside or in place of its own. */
  headers?: Readonly<Record<string, string>> | undefined;
  /** `Retry-After`, in seconds or as text. Alone, it makes the answer a 429 with AADSTS90055. */
  retryAfter?: number | string | undefined;
  /** Answers with this refusal, in Entra's form, instead of working. */
  error?:
    | {
        error: string;
        suberror?: string | undefined;
        aadsts?: number | undefined;
        description?: string | undefined;
        claims?: string | undefined;
      }
    | undefined;
  /** Cuts the connection: before the request has had an effect, or after. */
  reset?: boolean | "afterWork" | undefined;
  /** Never answers. */
  never?: boolean | undefined;
  /** Works, but sends half of the body and cuts the connection. */
  truncate?: boolean | undefined;
  /** Works, but sends the body at one byte every so many milliseconds. */
  drip?: number | undefined;
  /** Answers 200 with a body of so many bytes, of which nothing is true. */
  huge?: number | undefined;
  /** Compresses the body with gzip: with `huge`, a small answer that grows. */
  gzip?: boolean | undefined;
  /** Works, but names another issuer in discovery or in the id token. `true` picks one. */
  wrongIssuer?: boolean | string | undefined;
  /** Works, and lets a test change the answer. In process only. */
  mutate?: ((answer: EmulatorAnswer) => EmulatorAnswer) | undefined;
}

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
      throw new RangeError(`script: on must be one of ${REQUEST_KINDS.join(", ")}, got ${String(on)}`);
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
