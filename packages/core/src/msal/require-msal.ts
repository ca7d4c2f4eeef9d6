import type { Msal } from "./msal.ts";

/** msal-node's CommonJS build, where this file lies in its own package, and msal-node beside it. */
export function requireMsal(place: unknown = import.meta.url): Msal | undefined {
  // In a bundle there is no such place: a msal-node that is found from there is somebody else's, of any version.
  if (typeof place !== "string" || !/\/core\/dist\/chunks\/[^/]+$/.test(place)) return undefined;
  try {
    const { createRequire } = process.getBuiltinModule("node:module");
    return createRequire(place)("@azure/msal-node") as Msal;
  } catch {
    // A trace of files has followed the import, and left this build out.
    return undefined;
  }
}
