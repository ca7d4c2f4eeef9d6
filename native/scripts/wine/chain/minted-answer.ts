import type { LocalAzure } from "../../../../examples/demo/local-azure.ts";

/** What WAM answers, in the words of the fake's scenario. */
export type AnswerScenario = Readonly<Record<string, string>>;

type Emulator = LocalAzure["emulator"];

interface TokenAnswer {
  readonly access_token: string;
  readonly id_token: string;
  readonly client_info: string;
  readonly scope: string;
  readonly expires_in: number;
}

/** Whose token: a work account's, or a personal one's. */
export type PersonKind = "work" | "personal";

/** Signs in a person at the emulator, and puts the tokens into the form in which WAM's plugin for them hands them on. */
export async function mintedAnswer(
  emulator: Emulator,
  scope: string,
  kind: PersonKind = "work",
): Promise<AnswerScenario> {
  const { account, personalAccount } = emulator.defaults;
  const person = kind === "work" ? account : personalAccount;
  return {
    default: "organizations",
    accounts: "person",
    "account.person.id": "wam-id-of-the-person",
    "account.person.user": person.username,
    "token.account": "person",
    ...(kind === "work"
      ? workAnswer(await signIn(emulator, scope, person.username, "organizations"), person)
      : personalAnswer(await signIn(emulator, scope, person.username, "consumers"))),
  };
}

function workAnswer(
  answer: TokenAnswer,
  { objectId, tenantId }: Emulator["defaults"]["account"],
): AnswerScenario {
  return {
    "account.person.prop.OID": objectId,
    "account.person.prop.TenantId": tenantId,
    "token.token": answer.access_token,
    "token.prop.wamcompat_id_token": answer.id_token,
    "token.prop.wamcompat_client_info": answer.client_info,
    "token.prop.wamcompat_scopes": answer.scope,
    "token.prop.TokenExpiresOn": expiresOn(answer.expires_in),
  };
}

// All of it in the place of the token.
function personalAnswer(answer: TokenAnswer): AnswerScenario {
  const pairs = Object.entries(answer).map(([name, value]): [string, string] => [name, String(value)]);
  return { "account.person.kind": "consumers", "token.token": new URLSearchParams(pairs).toString() };
}

async function signIn(
  emulator: Emulator,
  scope: string,
  username: string,
  tenant: string,
): Promise<TokenAnswer> {
  const client_id = emulator.defaults.clientId;
  const device = await post<{ device_code: string; user_code: string; verification_uri: string }>(
    `${emulator.authorityHost}/${tenant}/oauth2/v2.0/devicecode`,
    { client_id, scope: `${scope} openid profile offline_access` },
  );
  emulator.person.script({ action: "approve", account: username });
  await emulator.person.answerDeviceCode({
    userCode: device.user_code,
    verificationUri: device.verification_uri,
  });
  return post<TokenAnswer>(`${emulator.authorityHost}/${tenant}/oauth2/v2.0/token`, {
    client_id,
    grant_type: "urn:ietf:params:oauth:grant-type:device_code",
    device_code: device.device_code,
    client_info: "1",
  });
}

/** WAM counts the seconds since 1601. */
export function expiresOn(secondsFromNow: number): string {
  return String(Math.floor(Date.now() / 1_000) + secondsFromNow + 11_644_473_600);
}

async function post<T>(url: string, body: Readonly<Record<string, string>>): Promise<T> {
  const response = await fetch(url, { method: "POST", body: new URLSearchParams(body) });
  if (!response.ok) throw new Error(`The emulator refused: ${await response.text()}`);
  return (await response.json()) as T;
}
