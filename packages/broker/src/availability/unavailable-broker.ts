import { CredentialUnavailableError } from "@entrada/core/credential";
import { unavailableWords, type BrokerUnavailableReason } from "./broker-unavailable-reason.ts";

/** What there is to say about a missing broker. */
export interface UnavailableBroker {
  readonly detail: BrokerUnavailableReason;
  /** What was found and what would help, in sentences, when the one who found out knows better than the table. */
  readonly hint?: string | undefined;
  readonly cause?: unknown;
}

/** Whether there are words for a reason. */
export function isExplained(reason: string): boolean {
  return Object.hasOwn(unavailableWords(), reason);
}

/** Why there is no broker, in words for a developer. */
export function describeUnavailable({ detail, hint }: UnavailableBroker): string {
  if (hint !== undefined) return hint;
  const { what, remedy } = unavailableWords()[detail];
  return `${what}. ${remedy}.`;
}

/** `broker_unavailable`, with the reason as `detail`: a chain of credentials goes on, a fallback takes over. */
export function brokerUnavailable({ detail, hint, cause }: UnavailableBroker): CredentialUnavailableError {
  const { what, remedy } = unavailableWords()[detail];
  return new CredentialUnavailableError({
    code: "broker_unavailable",
    detail,
    what: hint === undefined ? what : hint.replace(/\.\s*$/, ""),
    remedy: hint === undefined ? remedy : undefined,
    cause,
  });
}
