import { AuthenticationError } from "@entrada/core/credential";
import { brokerUnavailable } from "../availability/unavailable-broker.ts";
import { causeOf, shortened, withFigures } from "./refusal-figures.ts";
import { refusedByAuthority } from "./refused-by-authority.ts";
import type { RefusedRequest } from "./refused-request.ts";
import { REFUSAL_WORDS } from "./status-meanings.ts";
import type { WamRefusal } from "./wam-refusal.ts";

/** A refusal as the typed error that the caller gets. Its message holds WAM's number, for people who look it up. */
export function refusalError(refusal: WamRefusal, request: RefusedRequest): AuthenticationError {
  const { meaning, text } = refusal;
  switch (meaning.kind) {
    case "unavailable":
      return brokerUnavailable({ detail: meaning.reason, cause: causeOf(refusal) });
    case "oauth":
      return refusedByAuthority(meaning.word, refusal, request);
    case "person_needed":
      return refusedByAuthority("interaction_required", refusal, request);
    case "account_gone":
      return refusedByAuthority("interaction_required", refusal, request, REFUSAL_WORDS.account_gone);
    default: {
      const words = REFUSAL_WORDS[meaning.kind];
      return new AuthenticationError({
        ...words,
        what: withFigures(words.what, refusal),
        serverText: shortened(text),
        correlationId: request.ask.correlationId,
        cause: causeOf(refusal),
      });
    }
  }
}
