import { isAuthenticationError } from "../errors/authentication-error.ts";
import type { InteractiveRequest, TokenAnswer } from "../flow/flow.ts";
import type { AuthorizationResponse } from "../loopback/listener-contract.ts";
import type { EntraClient } from "../msal/entra-client.ts";
import type { AuthorizationCodeGrant } from "../msal/entra-grants.ts";

/** Redeems the code of an answer, and shows the person how that ended. */
export async function redeemAnswer(
  response: AuthorizationResponse,
  entra: EntraClient,
  request: InteractiveRequest,
  grant: Omit<AuthorizationCodeGrant, "code">,
): Promise<TokenAnswer> {
  try {
    const answer = await entra.redeemCode(request, { ...grant, code: response.code });
    await response.finish({ ok: true });
    return answer;
  } catch (error) {
    const details = error instanceof Error ? error.message : "No reason is known.";
    const code = isAuthenticationError(error) ? error.code : undefined;
    await response.finish({ ok: false, name: "notRedeemed", details, code });
    throw error;
  }
}
