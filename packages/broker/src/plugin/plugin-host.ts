import { identityErrors, msalErrors, type MsalErrorClasses, type WritePluginError } from "./plugin-error.ts";

/** What differs between those who load the plugin. */
export interface PluginHost {
  readonly writeError: WritePluginError;
  /** Whether each of its applications serves one account at a time, so that equal requests are one person's. */
  readonly oneAccountPerApplication: boolean;
}

export function msalNodeHost(classes?: MsalErrorClasses): PluginHost {
  return { writeError: msalErrors(classes), oneAccountPerApplication: false };
}

/** Each credential of `@azure/identity` has an application of its own, and remembers one account. */
export function identityHost(): PluginHost {
  return { writeError: identityErrors(), oneAccountPerApplication: true };
}
