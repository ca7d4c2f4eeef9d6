import type { RequestKind } from "../http/request-log.ts";

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
  headers?: Record<string, string> | undefined;
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
