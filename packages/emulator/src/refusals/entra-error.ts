import { aadstsTable } from "./aadsts.ts";

/** What goes into an error answer. */
export interface EntraErrorInit {
  /** The OAuth `error`. */
  readonly error: string;
  readonly description: string;
  readonly status?: number | undefined;
  readonly suberror?: string | undefined;
  readonly aadsts?: number | undefined;
  /** Entra's `error_subcode` in an authorization answer: "cancel" where the person went back. */
  readonly subcode?: string | undefined;
  /** JSON text: the claims challenge the next interactive request must carry. */
  readonly claims?: string | undefined;
}

/** Whose request failed, and when: the ids that stand in every answer. */
export interface EntraErrorTrace {
  readonly origin: string;
  readonly traceId: string;
  readonly correlationId: string;
  /** In milliseconds since 1970. */
  readonly time: number;
  /** Whose path was asked: AD FS has no AADSTS numbers. */
  readonly params?: { readonly tenant?: string };
}

/** A refusal on its way to the client. */
export class EntraError extends Error {
  override readonly name = "EntraError";
  readonly error: string;
  readonly status: number;
  readonly suberror: string | undefined;
  readonly aadsts: number | undefined;
  readonly claims: string | undefined;
  readonly subcode: string | undefined;

  constructor(init: EntraErrorInit) {
    super(init.aadsts === undefined ? init.description : `AADSTS${init.aadsts}: ${init.description}`);
    this.error = init.error;
    this.status = init.status ?? 400;
    this.suberror = init.suberror;
    this.aadsts = init.aadsts;
    this.claims = init.claims;
    this.subcode = init.subcode;
  }

  /** The text of `error_description`: the message and the ids, in the lines Entra uses. */
  describe(trace: EntraErrorTrace): string {
    if (isAdfs(trace)) return this.message.replace(/^AADSTS\d+: /, "");
    return `${this.message} Trace ID: ${trace.traceId} Correlation ID: ${trace.correlationId} Timestamp: ${entraTimestamp(trace.time)}`;
  }

  /** The JSON body of Entra's token, device code and discovery endpoints. */
  toBody(trace: EntraErrorTrace): Record<string, unknown> {
    if (isAdfs(trace)) return { error: this.error, error_description: this.describe(trace) };
    return {
      error: this.error,
      error_description: this.describe(trace),
      error_codes: this.aadsts === undefined ? [] : [this.aadsts],
      timestamp: entraTimestamp(trace.time),
      trace_id: trace.traceId,
      correlation_id: trace.correlationId,
      ...(this.aadsts === undefined ? {} : { error_uri: `${trace.origin}/error?code=${this.aadsts}` }),
      ...(this.suberror === undefined ? {} : { suberror: this.suberror }),
      ...(this.claims === undefined ? {} : { claims: this.claims }),
    };
  }
}

function isAdfs({ params }: EntraErrorTrace): boolean {
  return params?.tenant?.toLowerCase() === "adfs";
}

/** The refusal with this number, its text filled in with `values`. */
export function aadsts(
  number: number,
  values: Readonly<Record<string, string>> = {},
  overrides: Partial<Pick<EntraErrorInit, "error" | "status" | "suberror" | "claims">> = {},
): EntraError {
  const entry = aadstsTable[number];
  if (!entry) throw new RangeError(`AADSTS${number} is not in the emulator's table`);
  const description = entry.text.replace(/\{(\w+)\}/g, (_, name: string) => values[name] ?? "");
  return new EntraError({ ...entry, aadsts: number, description, ...overrides });
}

/** Entra's time format: `2026-01-09 02:02:12Z`. */
export function entraTimestamp(time: number): string {
  return `${new Date(time).toISOString().slice(0, 19).replace("T", " ")}Z`;
}
