import { AuthenticationError } from "../errors/authentication-error.ts";
import type { Msal } from "./msal.ts";
import { requireMsal } from "./require-msal.ts";

/**
 * Loads msal-node: at the first call, and never at import. Node takes msal-node's CommonJS build, which loads in less than
 * half the time of its modules. Every packer follows the import, and what it ships has no other msal-node.
 * @throws AuthenticationError `unsupported`, detail "msal_node_missing".
 */
export async function loadMsal(
  modules: () => Promise<Msal> = () => import("./msal-modules.ts"),
): Promise<Msal> {
  const present = requireMsal();
  if (present) return present;
  try {
    return await modules();
  } catch (error) {
    throw new AuthenticationError({
      code: "unsupported",
      detail: "msal_node_missing",
      what: "The package @azure/msal-node, which gets the tokens, cannot be loaded",
      remedy:
        "Install the packages anew; if the program is a bundle, let the packer put @azure/msal-node into it, or ship it beside the bundle",
      cause: error,
    });
  }
}
