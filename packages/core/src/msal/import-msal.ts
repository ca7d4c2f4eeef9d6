import type { Msal } from "./load-msal.ts";

/** See load-msal.ts. */
export function loadMsal(): Promise<Msal> {
  return import("./msal-modules.ts");
}
