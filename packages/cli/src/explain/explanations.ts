import type { AuthenticationErrorCode } from "@entrada/core";
import { explainAadsts } from "@entrada/core/aadsts";
import { ERROR_DOCS } from "@entrada/core/credential";
import { codesOfDetail } from "./details.ts";

export interface Explanation {
  readonly code: string;
  readonly explanation: string;
  readonly more: string;
}

// A sentence each; docs/errors.md has the details.
const OUR_CODES: Readonly<Record<AuthenticationErrorCode, string>> = {
  authentication_required: "A person must sign in, and this call was not allowed to ask. Run: entrada login",
  user_cancelled: "The person closed the sign-in or pressed Cancel. Run the command again.",
  timeout:
    "Nobody answered in time, or the authority did not. Run the command again, and look at the network.",
  browser_unavailable: "No browser can be shown to a person here. Use --device-code, or set BROWSER.",
  broker_unavailable:
    "The broker of the system cannot be used here. The browser takes over where that is allowed.",
  access_denied: "The person declined, or an administrator has to grant permissions first.",
  device_code_expired: "The code was not used in time. Run the command again for a new one.",
  conditional_access: "A policy of the tenant refused. An administrator finds it by the correlation id.",
  tenant_not_allowed:
    "A token of another tenant was asked for than the sign-in is for. Give that one by --tenant.",
  account_mismatch: "Another account signed in than was asked for. Sign in with the expected one.",
  network:
    "The authority could not be reached, or cannot answer now. Look at the network and the proxy, and try again.",
  service:
    "The authority refused for a reason that no person can mend at the prompt. The message has its words.",
  invalid_response: "An answer came that no authority sends. A captive portal or a proxy may be in the way.",
  cache:
    "The stored sign-in could not be read or written. Unlock the keyring, or sign in with --unencrypted-cache.",
  unsupported: "This way of signing in cannot work here. The message says what would.",
};

/** The names that stand for values of the person's own. */
const PLACEHOLDERS = {
  clientId: "<client id>",
  tenantId: "<tenant>",
  scopes: ["<scopes>"],
  redirectUri: "<redirect URI>",
};

/**
 * What a code means and what to do: one of ours, a detail that stands under one, or Entra's with or without "AADSTS", as
 * it is copied from a message.
 */
export function explanationOf(text: string): Explanation | undefined {
  const number = /^\W*(?:AADSTS ?)?(\d{4,8})(?!\w)/i.exec(text)?.[1];
  if (number !== undefined) return ofEntra(number);
  const code = (/[\w-]+/.exec(text)?.[0] ?? "").toLowerCase();
  if (Object.hasOwn(OUR_CODES, code)) return ofOurs(code as AuthenticationErrorCode);
  const codes = codesOfDetail(code);
  const [first] = codes;
  if (first === undefined) return undefined;
  const explanation = codes.map((each) => `A detail of ${each}. ${OUR_CODES[each]}`).join("\n");
  return { code, explanation, more: `${ERROR_DOCS}#${first}` };
}

function ofEntra(number: string): Explanation {
  const known = explainAadsts(Number(number), PLACEHOLDERS);
  const explanation =
    known === undefined
      ? "Nothing is known of it here; Microsoft's page may."
      : `${known.what}. ${known.remedy}.`;
  return {
    code: `AADSTS${number}`,
    explanation,
    more: `https://login.microsoftonline.com/error?code=${number}`,
  };
}

function ofOurs(code: AuthenticationErrorCode): Explanation {
  return { code, explanation: OUR_CODES[code], more: `${ERROR_DOCS}#${code}` };
}

/** All of our codes. */
export function ourCodes(): readonly string[] {
  return Object.keys(OUR_CODES);
}
