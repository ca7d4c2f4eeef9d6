import type { JsonObject } from "../null-prototype-json.ts";

/** What an authority says about a fault, for people: apart from a remedy nothing follows from it. */
export interface ServerFacts {
  readonly aadsts?: number | undefined;
  readonly serverText?: string | undefined;
  readonly correlationId?: string | undefined;
  readonly traceId?: string | undefined;
  readonly timestamp?: string | undefined;
}

const LONGEST_TEXT = 1000;

/**
 * Reads the fields that "Microsoft Entra authentication and authorization error codes" lists; where the body has no
 * ids, or is no JSON at all, those of the headers. `correlationId` is the request's own, for an answer without one.
 */
export function serverFacts(
  json: JsonObject | undefined,
  correlationId?: string,
  header: (name: string) => string | undefined = () => undefined,
): ServerFacts {
  const inHeader = (name: string): string | undefined => guidIn(header(name));
  const ofRequest = inHeader("client-request-id") ?? correlationId;
  const ofServer = inHeader("x-ms-request-id") ?? inHeader("request-id");
  if (json === undefined) return { correlationId: ofRequest, traceId: ofServer };
  const description = textOf(json["error_description"]);
  const told = identifiersIn(description ?? "");
  const aadsts = told.aadsts ?? firstCode(json["error_codes"]);
  return {
    aadsts,
    serverText: shownText(description, aadsts) ?? textOf(json["error"])?.slice(0, 64),
    correlationId: idOf(json["correlation_id"]) ?? told.correlationId ?? ofRequest,
    traceId: idOf(json["trace_id"]) ?? told.traceId ?? ofServer,
    timestamp: idOf(json["timestamp"]) ?? told.timestamp,
  };
}

function textOf(value: unknown): string | undefined {
  return typeof value === "string" && value.trim() !== "" ? value.slice(0, 4 * LONGEST_TEXT) : undefined;
}

/** AADSTS number, trace and correlation id as Microsoft's authority puts them into `error_description`. */
export function identifiersIn(text: string): Omit<ServerFacts, "serverText"> {
  const aadsts = /AADSTS(\d{3,9})/.exec(text)?.[1];
  return {
    aadsts: aadsts === undefined ? undefined : Number(aadsts),
    traceId: /\bTrace ID: ([0-9a-f-]{36})/i.exec(text)?.[1],
    correlationId: /\bCorrelation ID: ([0-9a-f-]{36})/i.exec(text)?.[1],
    timestamp: /\bTimestamp: (\d{4}-\d\d-\d\d[ T]\d\d:\d\d:\d\d(?:\.\d+)?Z?)/.exec(text)?.[1],
  };
}

function firstCode(codes: unknown): number | undefined {
  const first: unknown = Array.isArray(codes) ? codes[0] : undefined;
  return Number.isSafeInteger(first) && (first as number) > 0 ? (first as number) : undefined;
}

// The ids end the description, and our message names them itself.
function shownText(description: string | undefined, aadsts: number | undefined): string | undefined {
  const code = aadsts === undefined ? "" : `AADSTS${aadsts}`;
  const ids = description?.indexOf("Trace ID: ") ?? -1;
  const text = description
    ?.slice(0, ids > 0 ? ids : undefined)
    .trim()
    .slice(0, LONGEST_TEXT);
  if (text === undefined || text === "") return code === "" ? undefined : code;
  return text.includes(code) ? text : `${code}: ${text}`;
}

// Whoever is in the way may send headers of the same names: what is no id is nothing.
function guidIn(value: string | undefined): string | undefined {
  return /^[0-9a-f-]{36}$/i.exec(value?.trim() ?? "")?.[0];
}

// Ids and times are short and plain; anything else is not worth showing.
function idOf(value: unknown): string | undefined {
  return typeof value === "string" && /^[\w:. +-]{1,64}$/.test(value) ? value : undefined;
}
