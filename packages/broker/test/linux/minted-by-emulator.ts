import type { Emulator } from "@entrada/emulator";
import { signedInByCode } from "../signed-in-by-code.ts";
import type { Mint } from "./minted-tokens.ts";

/** Tokens of the local Entra ID: the broker signs its person in there, as the real one does at the real one. */
export function mintedBy(emulator: Emulator): Mint {
  return async ({ username }, { clientId, tenantId: tenant, scopes }) => {
    const answer = await signedInByCode(emulator, { clientId, tenant, scopes, username });
    return {
      accessToken: answer.access_token,
      idToken: answer.id_token,
      clientInfo: answer.client_info,
      grantedScopes: answer.scope,
      expiresOn: Date.now() + answer.expires_in * 1000,
    };
  };
}
