import type { Emulator } from "@entrada/emulator";
import type { Mint } from "./minted-tokens.ts";

interface TokenAnswer {
  readonly access_token: string;
  readonly id_token: string;
  readonly client_info: string;
  readonly scope: string;
  readonly expires_in: number;
}

/** Tokens of the local Entra ID: the broker signs its person in there, as the real one does at the real one. */
export function mintedBy(emulator: Emulator): Mint {
  return async (account, { clientId: client_id, tenantId, scopes }) => {
    const authority = `${emulator.authorityHost}/${tenantId}/oauth2/v2.0`;
    const device = await post<{ device_code: string; user_code: string; verification_uri: string }>(
      `${authority}/devicecode`,
      { client_id, scope: [...scopes, "openid", "profile", "offline_access"].join(" ") },
    );
    emulator.person.script({ action: "approve", account: account.username });
    const { user_code: userCode, verification_uri: verificationUri } = device;
    await emulator.person.answerDeviceCode({ userCode, verificationUri });
    const answer = await post<TokenAnswer>(`${authority}/token`, {
      client_id,
      grant_type: "urn:ietf:params:oauth:grant-type:device_code",
      device_code: device.device_code,
      client_info: "1",
    });
    return {
      accessToken: answer.access_token,
      idToken: answer.id_token,
      clientInfo: answer.client_info,
      grantedScopes: answer.scope,
      expiresOn: Date.now() + answer.expires_in * 1000,
    };
  };
}

async function post<T>(url: string, body: Readonly<Record<string, string>>): Promise<T> {
  const response = await fetch(url, { method: "POST", body: new URLSearchParams(body) });
  if (!response.ok) throw new Error(`The emulator refused: ${await response.text()}`);
  return (await response.json()) as T;
}
