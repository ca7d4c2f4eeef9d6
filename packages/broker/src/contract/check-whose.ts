import { AuthenticationError, isRecreatedAccount } from "@entrada/core/flow";
import { isTenantId } from "./issuing-tenant.ts";
import type { SoughtAccount } from "./sought-account.ts";
import { kindOfTenant } from "./account-kind.ts";
import type { BrokerAnswer } from "./broker-answer.ts";
import { tenantMismatch } from "./tenant-mismatch.ts";
import type { TokenAsk } from "./token-ask.ts";

/**
 * Hands an answer on if it is of the tenant and of the account that were asked for. A person who took another account
 * in the dialog is no error here: whoever asked sees whose answer it is.
 * @throws AuthenticationError `account_mismatch`. The token is dropped with it.
 */
export function checkWhose(
  answer: BrokerAnswer,
  asked: {
    readonly ask: TokenAsk;
    readonly account?: SoughtAccount | undefined;
    /** Whether an account that was made anew may take the place of its former self. */
    readonly explicit?: boolean | undefined;
  },
): BrokerAnswer {
  const { ask, account, explicit = false } = asked;
  const { tenantId, correlationId } = ask;
  const tenant = isTenantId(tenantId) ? tenantId.toLowerCase() : undefined;
  if (tenant !== undefined && kindOfTenant(tenant) === "organizations") {
    if (answer.tenantId.toLowerCase() !== tenant) throw tenantMismatch(ask);
  }
  if (account && !answer.switched && isRecreatedAccount(answer, account)) {
    if (explicit) return answer;
    throw new AuthenticationError({
      code: "account_mismatch",
      detail: "account_recreated",
      what: "The stored record is of another object than the account that has this name now: it was deleted and made anew",
      remedy: "Call authenticate() to sign the new one in, and store its record in place of the former",
      correlationId,
    });
  }
  if (account && !answer.switched && !isSameAccount(answer, account)) {
    throw new AuthenticationError({
      code: "account_mismatch",
      detail: "account_mismatch",
      what: "Windows answered for another account than the one that was asked for",
      remedy: "Sign in again with the expected account",
      correlationId,
    });
  }
  return answer;
}

export function isSameAccount(answer: BrokerAnswer, sought: SoughtAccount): boolean {
  return answer.homeAccountId.toLowerCase() === sought.homeAccountId.toLowerCase();
}
