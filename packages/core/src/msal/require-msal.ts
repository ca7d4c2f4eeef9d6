import { createRequire } from "node:module";
import type { Msal } from "./load-msal.ts";

/** See load-msal.ts. */
export async function loadMsal(): Promise<Msal> {
  return createRequire(import.meta.url)("@azure/msal-node") as Msal;
}
