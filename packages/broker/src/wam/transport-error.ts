import { refusalError } from "./refusal-error.ts";
import type { TokenAsk } from "./token-ask.ts";
import { isWamError, refusalOfError } from "./wam-refusal.ts";

/** What a failed call to the transport means to the caller; anything but a `WamError` stays as it is. */
export function transportError(error: unknown, ask: TokenAsk, interactive: boolean = false): unknown {
  return isWamError(error) ? refusalError(refusalOfError(error), { ask, interactive }) : error;
}
