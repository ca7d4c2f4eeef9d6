import type { LocalAzure } from "../../../../examples/demo/local-azure.ts";
import { signedInByCode, type TokenAnswer } from "../../../../packages/broker/test/signed-in-by-code.ts";

/** What WAM answers, in the words of the fake's scenario. */
export type AnswerScenario = Readonly<Record<string, string>>;

type Emulator = LocalAzure["emulator"];

/** Whose token: a work account's, or a personal one's. */
export type PersonKind = "work" | "personal";

/** Signs in a person at the emulator, and puts the tokens into the form in which WAM's plugin for them hands them on. */
export async function mintedAnswer(
  emulator: Emulator,
  scope: string,
  kind: PersonKind = "work",
): Promise<AnswerScenario> {
  const { account, clientId, personalAccount } = emulator.defaults;
  const person = kind === "work" ? account : personalAccount;
  const { username } = person;
  const tenant = kind === "work" ? "organizations" : "consumers";
  const answer = await signedInByCode(emulator, { clientId, tenant, scopes: [scope], username });
  return {
    default: "organizations",
    accounts: "person",
    "account.person.id": "wam-id-of-the-person",
    "account.person.user": username,
    "token.account": "person",
    ...(kind === "work" ? workAnswer(answer, person) : personalAnswer(answer)),
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

/** WAM counts the seconds since 1601. */
export function expiresOn(secondsFromNow: number): string {
  return String(Math.floor(Date.now() / 1_000) + secondsFromNow + 11_644_473_600);
}
