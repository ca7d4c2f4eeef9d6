import { AuthenticationError } from "@entrada/core/credential";
import { brokerUnavailable } from "../availability/unavailable-broker.ts";
import { causeOf, shortened, withFigures } from "./refusal-figures.ts";
import { refusedByAuthority } from "./refused-by-authority.ts";
import type { RefusedRequest } from "./refused-request.ts";
import type { WamRefusal } from "./wam-refusal.ts";

/** A refusal as the typed error that the caller gets. Its message holds WAM's number, for people who look it up. */
export function refusalError(refusal: WamRefusal, request: RefusedRequest): AuthenticationError {
  const { meaning, text } = refusal;
  const cause = causeOf(refusal);
  const { correlationId } = request.ask;
  const said = { serverText: shortened(text), correlationId, cause };
  const failed = withFigures("Windows gave no token", refusal);
  switch (meaning.kind) {
    case "cancelled":
      return new AuthenticationError({
        ...said,
        code: "user_cancelled",
        detail: "dialog_closed",
        what: withFigures("The person closed Windows's sign-in dialog", refusal),
        remedy: "Call authenticate() to ask again",
      });
    case "unavailable":
      return brokerUnavailable({ reason: meaning.reason, cause });
    case "no_network":
      return new AuthenticationError({
        ...said,
        code: "network",
        detail: "no_network",
        what: withFigures("Windows cannot reach the authority", refusal),
        remedy: "Try again; look at the VPN and the proxy settings of Windows, which the broker uses",
        retryable: true,
      });
    case "server_busy":
    case "passing":
      return new AuthenticationError({
        ...said,
        code: "network",
        detail: meaning.kind === "passing" ? "broker_busy" : "server_unavailable",
        what: failed,
        remedy: "Try again in a moment",
        retryable: true,
      });
    case "account_gone":
      return refusedByAuthority("interaction_required", refusal, request, "account_not_found");
    case "person_needed":
      return refusedByAuthority("interaction_required", refusal, request);
    case "oauth":
      return refusedByAuthority(meaning.word, refusal, request);
    case "unexpected":
      return new AuthenticationError({
        ...said,
        code: "service",
        detail: "broker_error",
        what: failed,
        remedy: "Look the number up in Microsoft's documentation of WAM errors, or sign in with the browser",
      });
  }
}
