import { firstText } from "../contract/broker-answer.ts";
import { pairsOf } from "./msa-answer.ts";
import type { TokenAsk } from "../contract/token-ask.ts";
import { unacceptable } from "../contract/unacceptable-answer.ts";

// Microsoft's own applications only: a personal account's sign-in is carried over to Entra ID.
const TRANSFER_SCOPES = [
  "openid",
  "profile",
  "email",
  "service::login.microsoftonline.com::PURPOSE_AAD_WAM_TRANSFER",
];

/** The first of two requests: a personal account's transfer token. */
export function transferAsk(ask: TokenAsk): TokenAsk {
  return { ...ask, scopes: TRANSFER_SCOPES, claims: undefined };
}

/** The second: the transfer token for what was asked. */
export function redeemAsk(ask: TokenAsk, transferred: string): TokenAsk {
  const code = firstText(pairsOf(transferred).get("code"));
  if (code === undefined) throw unacceptable("the transfer token");
  return {
    ...ask,
    properties: { ...ask.properties, SamlAssertion: code, SamlAssertionType: "SAMLV1" },
  };
}
