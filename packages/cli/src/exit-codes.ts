import { isAuthenticationError } from "@entrada/core/credential";
import { UsageError } from "./usage-error.ts";

/** What the process ends with, so that scripts can tell. */
export const EXIT = {
  ok: 0,
  refused: 1,
  usage: 2,
  unavailable: 3,
  network: 4,
  cache: 5,
  interrupted: 130,
} as const;

/** The exit code for an error. */
export function exitCodeOf(error: unknown): number {
  if (!(error instanceof Error)) return EXIT.refused;
  if (error.name === "AbortError") return EXIT.interrupted;
  if (isAuthenticationError(error)) {
    if (error.name === "CredentialUnavailableError") return EXIT.unavailable;
    return BY_CODE[error.code] ?? EXIT.refused;
  }
  return isUsage(error) ? EXIT.usage : EXIT.refused;
}

const BY_CODE: Readonly<Record<string, number>> = {
  timeout: EXIT.network,
  device_code_expired: EXIT.network,
  network: EXIT.network,
  cache: EXIT.cache,
  browser_unavailable: EXIT.unavailable,
  broker_unavailable: EXIT.unavailable,
};

function isUsage(error: Error): boolean {
  return error instanceof UsageError || ("code" in error && String(error.code).startsWith("ERR_INVALID_ARG"));
}
