/** `@azure/msal-node`, as far as it is used here. */
export type Msal = typeof import("@azure/msal-node");

/** Loads msal-node: once, at the first call, and never at import. */
export function loadMsal(): Promise<Msal> {
  return import("@azure/msal-node");
}
