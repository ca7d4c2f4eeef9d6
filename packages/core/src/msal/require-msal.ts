import type { Msal } from "./load-msal.ts";

/** See load-msal.ts. */
export async function loadMsal(): Promise<Msal> {
  return process.getBuiltinModule("node:module").createRequire(import.meta.url)("@azure/msal-node") as Msal;
}
