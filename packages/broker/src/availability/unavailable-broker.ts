import { CredentialUnavailableError } from "@entrada/core/credential";
import { UNAVAILABLE_WORDS, type BrokerUnavailableReason } from "./broker-unavailable-reason.ts";

/** What there is to say about a missing broker. */
export interface UnavailableBroker {
  readonly reason: BrokerUnavailableReason;
  /** What was found and what would help, when the one who found out knows better than the table. */
  readonly detail?: string | undefined;
  readonly cause?: unknown;
}

/** Whether there are words for a reason. */
export function isExplained(reason: string): boolean {
  return Object.hasOwn(UNAVAILABLE_WORDS, reason);
}

/** Why there is no broker, in words for a developer. */
export function describeUnavailable({ reason, detail }: UnavailableBroker): string {
  return detail ?? `${UNAVAILABLE_WORDS[reason].what}. ${UNAVAILABLE_WORDS[reason].remedy}.`;
}

/** `broker_unavailable`, with the reason as `detail`: a chain of credentials goes on, a fallback takes over. */
export function brokerUnavailable({ reason, detail, cause }: UnavailableBroker): CredentialUnavailableError {
  const { what, remedy } = UNAVAILABLE_WORDS[reason];
  return new CredentialUnavailableError({
    code: "broker_unavailable",
    detail: reason,
    what: detail === undefined ? what : detail.replace(/\.\s*$/, ""),
    remedy: detail === undefined ? remedy : undefined,
    cause,
  });
}
