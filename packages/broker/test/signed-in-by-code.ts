import type { Emulator } from "@entrada/emulator";

/** What the token endpoint answers. */
export interface TokenAnswer {
  readonly access_token: string;
  readonly id_token: string;
  readonly client_info: string;
  readonly scope: string;
  readonly expires_in: number;
}

export interface SignIn {
  readonly clientId: string;
  /** As it stands in the authority's addresses. */
  readonly tenant: string;
  readonly scopes: readonly string[];
  readonly username: string;
}

/** Signs a person in at the emulator by a device code, and hands on what comes for it as it is. */
export async function signedInByCode(
  emulator: Emulator,
  { clientId: client_id, tenant, scopes, username }: SignIn,
): Promise<TokenAnswer> {
  const authority = `${emulator.authorityHost}/${tenant}/oauth2/v2.0`;
  const device = await post<{ device_code: string; user_code: string; verification_uri: string }>(
    `${authority}/devicecode`,
    { client_id, scope: [...scopes, "openid", "profile", "offline_access"].join(" ") },
  );
  emulator.person.script({ action: "approve", account: username });
  const { user_code: userCode, verification_uri: verificationUri } = device;
  await emulator.person.answerDeviceCode({ userCode, verificationUri });
  return post<TokenAnswer>(`${authority}/token`, {
    client_id,
    grant_type: "urn:ietf:params:oauth:grant-type:device_code",
    device_code: device.device_code,
    client_info: "1",
  });
}

async function post<T>(url: string, body: Readonly<Record<string, string>>): Promise<T> {
  const response = await fetch(url, { method: "POST", body: new URLSearchParams(body) });
  if (!response.ok) throw new Error(`The emulator refused: ${await response.text()}`);
  return (await response.json()) as T;
}
