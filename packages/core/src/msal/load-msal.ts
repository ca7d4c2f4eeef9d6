import type * as msalNode from "@azure/msal-node";

/** `@azure/msal-node`, as far as it is used here. */
export type Msal = typeof msalNode;

/** Loads msal-node: once, at the first call, and never at import. */
export function loadMsal(): Promise<Msal> {
  return import("@azure/msal-node");
}
