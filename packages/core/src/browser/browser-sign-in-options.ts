import type { Clock } from "../clock.ts";
import type { EntraClient } from "../msal/entra-client.ts";
import type { BrowserFlowChoices } from "./browser-flow-choices.ts";

export interface BrowserSignInOptions extends BrowserFlowChoices {
  readonly entra: EntraClient;
  readonly clientId: string;
  readonly clock: Clock;
  readonly applicationName?: string | undefined;
  /** Whether anybody is told what the events say, and so can open the URL by hand. */
  readonly isHeard: boolean;
}
