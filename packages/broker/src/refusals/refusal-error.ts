import { AuthenticationError } from "@entrada/core/credential";
import { brokerUnavailable } from "../availability/unavailable-broker.ts";
import { tooSoonToRead } from "../contract/too-soon-to-read.ts";
import { httpStatusIn } from "./facility-meanings.ts";
import { causeOf, shortened, withFigures } from "./refusal-figures.ts";
import { refusedByAuthority } from "./refused-by-authority.ts";
import type { RefusedRequest } from "./refused-request.ts";
import { failedBeforeShowing } from "./shown-by-step.ts";
import type { RefusalMeaning } from "./refusal-meaning.ts";
import { REFUSAL_WORDS } from "./refusal-words.ts";
import type { WamRefusal } from "./wam-refusal.ts";

/** A refusal as the typed error that the caller gets. Its message holds WAM's number, for people who look it up. */
export function refusalError(refusal: WamRefusal, request: RefusedRequest): AuthenticationError {
  const { text } = refusal;
  const meaning = meaningHere(refusal, request);
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
        what: withFigures(words.what, refusal, firstFigure(meaning, refusal, request)),
        serverText: shortened(text),
        correlationId: request.ask.correlationId,
        cause: causeOf(refusal),
      });
    }
  }
}

/** What a refusal means, seeing how far the request had come. */
function meaningHere({ meaning, step }: WamRefusal, request: RefusedRequest): RefusalMeaning {
  const { interactive, openForMs } = request;
  const isNo = meaning.kind === "cancelled" || meaning.kind === "switched_without_token";
  // Nobody was asked, so nobody can have answered.
  if (isNo && !interactive) return { kind: "person_needed" };
  if (meaning.kind === "unavailable") return meaning;
  if (failedBeforeShowing(step)) return { kind: "unavailable", reason: "wam_failed" };
  return meaning.kind === "cancelled" && tooSoonToRead(openForMs) ? { kind: "cancelled_at_once" } : meaning;
}

/** What is said before WAM's own figures: how long a dialog was open, or the HTTP status that hides in a number. */
function firstFigure({ kind }: RefusalMeaning, { code }: WamRefusal, { openForMs }: RefusedRequest): string {
  const httpStatus = httpStatusIn(code);
  if (httpStatus !== undefined) return `HTTP ${httpStatus}`;
  if (openForMs === undefined || !kind.startsWith("cancelled")) return "";
  return `after ${openForMs < 1000 ? `${Math.round(openForMs)} ms` : `${Math.round(openForMs / 1000)} s`}`;
}
