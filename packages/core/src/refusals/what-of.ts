import type { AuthenticationError } from "../errors/authentication-error.ts";

/**
 * What happened, in our own words: the first sentence of the message, without its final stop. What the authority has
 * said, and the identifiers of the request, come after it.
 */
export function whatOf({ message }: AuthenticationError): string {
  return message.split(". ", 1)[0] ?? message;
}
