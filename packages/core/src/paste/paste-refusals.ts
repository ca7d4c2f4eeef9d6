import type { AuthenticationError } from "../errors/authentication-error.ts";
import { printable } from "../errors/printable.ts";
import type { BroughtFault } from "../loopback/pending-answer.ts";

/** What is wrong with what a person has pasted. */
export type PasteRefusal =
  | BroughtFault
  | "not_an_answer"
  | "too_long"
  | "sign_in_page"
  | "other_address"
  | "not_redeemed";

/** What the person reads. Nothing of what was pasted is repeated. */
export const PASTE_REFUSAL_WORDS: Readonly<Record<PasteRefusal, string>> = {
  not_an_answer: "That is neither the address of the last page nor a code.",
  too_long: "That is too long for an address.",
  sign_in_page:
    "That is the address of the sign-in page. Sign in there first, and copy the address that the browser shows after that.",
  other_address: "That is the address of another page than the one at which this sign-in ends.",
  malformed: "That address is damaged: something is in it twice, or is no text.",
  no_state: "That is only a part of the address. Copy all of it.",
  other_sign_in: "That address belongs to another sign-in, or to an earlier one.",
  used: "That address has been used already.",
  no_code: "There is no code in that address. Copy all of it.",
  other_issuer: "That address comes from another authority than the one that was asked.",
  whole_address: "A code alone is not enough for this authority. Copy the whole address.",
  authority_refused: "The authority says in that address that it refused the sign-in.",
  not_redeemed:
    "The authority did not take that code: it is too old, was used already, or is of another sign-in.",
};

/** What is left to do after a refusal of the authority's, as long as the question is open. */
export const ONCE_MORE_OR_END = "Open the page above once more, or press Ctrl-D to end.";

/**
 * Why it was refused. The person's browser has shown no page that says what an authority means by its number: it has
 * sent the person on to an address that nothing serves.
 * @param error the authority's refusal, if that is what was pasted; nothing is repeated of it but its number
 */
export function refusalWords(why: PasteRefusal, error?: AuthenticationError): string {
  const { aadsts, hint } = error ?? {};
  const words = PASTE_REFUSAL_WORDS[why];
  return aadsts === undefined ? words : `${words} AADSTS${aadsts}: ${printable(hint ?? "")}.`;
}
