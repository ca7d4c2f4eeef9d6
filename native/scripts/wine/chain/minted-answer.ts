import type { LocalAzure } from "../../../../examples/demo/local-azure.ts";

/** What Entra's plugin for WAM answers, in the words of the fake's scenario. */
export type AnswerScenario = Readonly<Record<string, string>>;

type Emulator = LocalAzure["emulator"];

interface TokenAnswer {
  readonly access_token: string;
  readonly id_token: string;
  readonly client_info: string;
  readonly scope: string;
  readonly expires_in: number;
}

/** Signs in the person that the emulator has by default, and puts its tokens into the form in which WAM hands them on. */
export async function mintedAnswer(emulator: Emulator, scope: string): Promise<AnswerScenario> {
  const scopes = `${scope} openid profile offline_access`;
  const { account, clientId } = emulator.defaults;
  const device = await post<{ device_code: string; user_code: string; verification_uri: string }>(
    emulator,
    "devicecode",
    { client_id: clientId, scope: scopes },
  );
  await emulator.person.answerDeviceCode({
    userCode: device.user_code,
    verificationUri: device.verification_uri,
  });
  const answer = await post<TokenAnswer>(emulator, "token", {
    client_id: clientId,
    grant_type: "urn:ietf:params:oauth:grant-type:device_code",
    device_code: device.device_code,
    client_info: "1",
  });
  const { username, objectId, tenantId } = account;
  return {
    default: "organizations",
    accounts: "person",
    "account.person.id": "wam-id-of-the-person",
    "account.person.user": username,
    "account.person.prop.OID": objectId,
    "account.person.prop.TenantId": tenantId,
    "token.account": "person",
    "token.token": answer.access_token,
    "token.prop.wamcompat_id_token": answer.id_token,
    "token.prop.wamcompat_client_info": answer.client_info,
    "token.prop.wamcompat_scopes": answer.scope,
    "token.prop.TokenExpiresOn": expiresOn(answer.expires_in),
  };
}

/** WAM counts the seconds since 1601. */
export function expiresOn(secondsFromNow: number): string {
  return String(Math.floor(Date.now() / 1_000) + secondsFromNow + 11_644_473_600);
}

async function post<T>(
  emulator: Emulator,
  endpoint: string,
  body: Readonly<Record<string, string>>,
): Promise<T> {
  const response = await fetch(`${emulator.authorityHost}/organizations/oauth2/v2.0/${endpoint}`, {
    method: "POST",
    body: new URLSearchParams(body),
  });
  if (!response.ok) throw new Error(`The emulator refused the ${endpoint}: ${await response.text()}`);
  return (await response.json()) as T;
}
