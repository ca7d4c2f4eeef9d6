import { isAuthenticationError } from "../errors/authentication-error.ts";
import type { SpanAttributes } from "./open-telemetry.ts";

/** What a trace may know of an error: its words and numbers, and no message, which may name a person. */
export function errorAttributes(error: unknown): SpanAttributes {
  const attributes: SpanAttributes = { "error.type": errorType(error) };
  if (!isAuthenticationError(error)) return attributes;
  const { detail, aadsts, correlationId, retryable } = error;
  attributes["entrada.retryable"] = retryable;
  if (detail !== undefined) attributes["entrada.detail"] = detail;
  if (aadsts !== undefined) attributes["entrada.aadsts"] = aadsts;
  if (correlationId !== undefined) attributes["entrada.correlation_id"] = correlationId;
  return attributes;
}

/** The code of one of ours, the name of any other: of few values, as OpenTelemetry wants its `error.type`. */
export function errorType(error: unknown): string {
  if (isAuthenticationError(error)) return error.code;
  return error instanceof Error ? error.name : typeof error;
}
