import type { AuthenticationRecord } from "../authentication-record.ts";
import { AuthenticationError } from "../errors/authentication-error.ts";
import type { CheckedTokenAnswer } from "../tokens/token-answer.ts";

/** The account's id, the same in all tenants, when the answer says whose it is. */
export function homeAccountIdOf(checked: CheckedTokenAnswer): string | undefined {
  const { clientInfo } = checked;
  return clientInfo && `${clientInfo.uid}.${clientInfo.utid}`;
}

/** Who signed in, from the answer to a sign-in. */
export function recordOf(
  checked: CheckedTokenAnswer,
  asked: { readonly clientId: string; readonly authority: string; readonly tenantId: string },
): AuthenticationRecord {
  const claims = checked.idTokenClaims;
  // Authorities other than Entra send no client_info; OpenID Connect guarantees `sub`.
  const homeAccountId =
    homeAccountIdOf(checked) ??
    (claims && `${text(claims["oid"]) ?? text(claims["sub"])}.${claims.tid ?? asked.tenantId}`);
  if (homeAccountId === undefined) {
    throw new AuthenticationError({
      code: "invalid_response",
      what: "The authority did not say who signed in",
      remedy: "Check that the authority returns an id token",
      detail: "id_token",
    });
  }
  const { clientId, authority } = asked;
  const tenantId = claims?.tid ?? checked.clientInfo?.utid ?? asked.tenantId;
  const names = [claims?.["preferred_username"], claims?.["upn"], claims?.["email"], claims?.["sub"]];
  const username = names.map(text).find((name) => name !== undefined) ?? homeAccountId;
  return { authority, homeAccountId, clientId, tenantId, username };
}

/** The names under which the person may be known to who asks for them. */
export function namesOfAnswer({ idTokenClaims: claims }: CheckedTokenAnswer): readonly string[] {
  const names = [claims?.["preferred_username"], claims?.["upn"], claims?.["email"]];
  return names.map(text).filter((name) => name !== undefined);
}

function text(value: unknown): string | undefined {
  return typeof value === "string" && value !== "" ? value : undefined;
}
