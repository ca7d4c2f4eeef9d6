import { isOfKind, type RequestKind } from "./request-log.ts";

/** An answer as `mutate` sees it. `body` is an object where the answer is JSON, otherwise its text. */
export interface EmulatorAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: unknown;
}

/** What is to go wrong with the next requests of a kind. */
export interface EmulatorFault {
  readonly on: RequestKind;
  /** How many requests it befalls. @defaultValue 1 */
  readonly times?: number;
  /** Requests of the kind that pass unharmed first. @defaultValue 0 */
  readonly after?: number;
  /** Only where the path has this tenant segment. */
  readonly tenant?: string;
  /** Waits so many milliseconds, by the real clock, before anything else. */
  readonly delayInMs?: number;
  /** Answers with this status instead of working. */
  readonly status?: number;
  /** Answers with this body instead of working: text as it is, anything else as JSON. */
  readonly body?: unknown;
  /** Headers of the answer, beside or in place of its own. */
  readonly headers?: Readonly<Record<string, string>>;
  /** `Retry-After`, in seconds or as text. Alone, it makes the answer a 429 with AADSTS90055. */
  readonly retryAfter?: number | string;
  /** Answers with this refusal, in Entra's form, instead of working. */
  readonly error?: {
    readonly error: string;
    readonly suberror?: string;
    readonly aadsts?: number;
    readonly description?: string;
    readonly claims?: string;
  };
  /** Cuts the connection: before the request has had an effect, or after. */
  readonly reset?: boolean | "afterWork";
  /** Never answers. */
  readonly never?: boolean;
  /** Works, but sends half of the body and cuts the connection. */
  readonly truncate?: boolean;
  /** Works, but sends the body at one byte every so many milliseconds. */
  readonly drip?: number;
  /** Answers 200 with a body of so many bytes, of which nothing is true. */
  readonly huge?: number;
  /** Compresses the body with gzip: with `huge`, a small answer that grows. */
  readonly gzip?: boolean;
  /** Works, but names another issuer in discovery or in the id token. `true` picks one. */
  readonly wrongIssuer?: boolean | string;
  /** Works, and lets a test change the answer. In process only. */
  readonly mutate?: (answer: EmulatorAnswer) => EmulatorAnswer;
}

interface Pending {
  readonly fault: EmulatorFault;
  after: number;
  times: number;
}

/** The faults that wait for their requests, first scripted first. */
export class FaultScript {
  #pending: Pending[] = [];

  add(fault: EmulatorFault): void {
    const { times = 1, after = 0 } = fault;
    if (!(times >= 1)) throw new RangeError(`script: times must be 1 or more, got ${String(times)}`);
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
