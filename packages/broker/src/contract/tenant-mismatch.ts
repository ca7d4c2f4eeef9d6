import { AuthenticationError } from "@entrada/core/credential";
import type { TokenAsk } from "./token-ask.ts";

/** A token of another tenant than the one that was asked for came. */
export function tenantMismatch({ tenantId, correlationId }: TokenAsk): AuthenticationError {
  return new AuthenticationError({
    code: "account_mismatch",
    detail: "tenant_mismatch",
    what: `A token of the tenant "${tenantId}" was asked for, and one of another tenant came`,
    remedy: "Sign in with an account that is a member or guest of that tenant",
    correlationId,
  });
}
