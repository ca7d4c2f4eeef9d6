import type { TokenAsk } from "../contract/token-ask.ts";

/** The request that a refusal answers. */
export interface RefusedRequest {
  readonly ask: TokenAsk;
  /** Whether the person has just acted: then "the person must act" ends the sign-in instead of asking again. */
  readonly interactive: boolean;
  /** How long a dialog can have been open, in ms; absent when none was asked for. */
  readonly openForMs?: number | undefined;
}
