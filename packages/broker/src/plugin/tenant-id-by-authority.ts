import { createFlowParts, OPTION_DEFAULTS, resolveSettings } from "@entrada/core/flow";
import type { TokenAsk } from "../contract/token-ask.ts";

/** The id of a tenant that is named by a domain. msal-node does not hand its own way to the authority on. */
export async function tenantIdByAuthority(ask: TokenAsk): Promise<string | undefined> {
  const { clientId, authorityHost } = ask;
  const settings = resolveSettings({ clientId, authorityHost }, OPTION_DEFAULTS, {});
  const { entra } = createFlowParts({ settings, flow: "broker" });
  try {
    return await entra.tenantIdOf(ask);
  } finally {
    entra.close();
  }
}
