import type { AuthenticationError } from "../errors/authentication-error.ts";

/**
 * What happened, in our own words: the first sentence of the message, without its final stop. What to do, what the
 * authority has said, and the identifiers of the request come after it.
 */
export function whatOf({ message }: AuthenticationError): string {
  return message.slice(0, message.indexOf(". "));
}
