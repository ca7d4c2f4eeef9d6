import type { JsonObject } from "./null-prototype-json.ts";

/** What an authority says about a fault, for people: it never decides anything. */
export interface ServerFacts {
  readonly aadsts?: number | undefined;
  readonly serverText?: string | undefined;
  readonly correlationId?: string | undefined;
  readonly traceId?: string | undefined;
  readonly timestamp?: string | undefined;
}

const LONGEST_TEXT = 1000;

/** Reads the fields of "Microsoft identity platform: error response"; `correlationId` is the request's own. */
export function serverFacts(json: JsonObject, correlationId?: string): ServerFacts {
  const description = textOf(json["error_description"]);
  return {
    aadsts: numberIn(description) ?? firstCode(json["error_codes"]),
    serverText: description === undefined ? undefined : withoutIds(description),
    correlationId: idOf(json["correlation_id"]) ?? correlationId,
    traceId: idOf(json["trace_id"]),
    timestamp: idOf(json["timestamp"]),
  };
}

function textOf(value: unknown): string | undefined {
  return typeof value === "string" && value !== "" ? value : undefined;
}

function numberIn(description: string | undefined): number | undefined {
  const digits = description === undefined ? undefined : /AADSTS(\d{3,9})/.exec(description)?.[1];
  return digits === undefined ? undefined : Number(digits);
}

function firstCode(codes: unknown): number | undefined {
  const first: unknown = Array.isArray(codes) ? codes[0] : undefined;
  return Number.isSafeInteger(first) && (first as number) > 0 ? (first as number) : undefined;
}

// The ids end the description, and our message names them itself.
function withoutIds(description: string): string {
  const end = description.search(/\s*Trace ID: /);
  return description.slice(0, end > 0 ? end : undefined).slice(0, LONGEST_TEXT);
}

// Ids and times are short and plain; anything else is not worth showing.
function idOf(value: unknown): string | undefined {
  return typeof value === "string" && /^[\w:. +-]{1,64}$/.test(value) ? value : undefined;
}
