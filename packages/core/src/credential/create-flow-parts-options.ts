import type { Clock } from "../clock.ts";
import type { AuthenticationEvent } from "../events/events.ts";
import type { CredentialSettings } from "../options/resolve-settings.ts";

export interface CreateFlowPartsOptions {
  settings: CredentialSettings;
  /** The flow's name, as in `Flow.name`. */
  flow: string;
  clock?: Clock;
  /** Shows the person what a sign-in says, where the caller has taken that upon nobody. */
  prompt?: ((event: AuthenticationEvent) => void) | undefined;
}
