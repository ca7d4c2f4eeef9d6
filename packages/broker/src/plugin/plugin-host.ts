import { identityErrors, msalErrors, type MsalErrorClasses, type WritePluginError } from "./plugin-error.ts";

/** Who loads the plugin. */
export type PluginHostName = "msal-node" | "identity";

/** What differs between those who load the plugin. */
export interface PluginHost {
  readonly writeError: WritePluginError;
  /** Whether each of its applications serves one account at a time, so that equal requests are one person's. */
  readonly oneAccountPerApplication: boolean;
}

/** @param classes - msal-node's own classes of errors */
export function pluginHost(name: PluginHostName, classes?: MsalErrorClasses): PluginHost {
  return name === "identity"
    ? // Each credential of `@azure/identity` has an application of its own, and remembers one account.
      { writeError: identityErrors(), oneAccountPerApplication: true }
    : { writeError: msalErrors(classes), oneAccountPerApplication: false };
}
