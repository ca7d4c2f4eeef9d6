import type { AuthenticationRecord } from "../authentication-record.ts";
import { isGuid } from "../authority/tenant-form.ts";
import type { Change } from "../cache/account-changes.ts";
import type { StoredAccount, StoredToken } from "../cache/stored-account.ts";
import type { TokenAnswer, TokenRequest } from "../flow/flow.ts";
import { isSameName } from "../flow/same-name.ts";
import type { CheckedTokenAnswer } from "../tokens/token-answer.ts";
import { toAnswer, tokenKeyOf } from "./signed-in-accounts.ts";

/** What an answer of the authority means to the caller and to the account. */
export function accountChange(
  request: TokenRequest,
  checked: CheckedTokenAnswer,
  { record, signedInAt, names = [] }: Pick<StoredAccount, "record" | "signedInAt" | "names">,
  now: number,
): Change<TokenAnswer> {
  const { refreshAfterTimestamp } = checked;
  const token: StoredToken = {
    token: checked.accessToken,
    expiresOnTimestamp: checked.expiresOnTimestamp,
    receivedOnTimestamp: now,
    ...(refreshAfterTimestamp === undefined ? {} : { refreshAfterTimestamp }),
    // A renewal may come without an id token; nothing then says that it is of another tenant than the asked one.
    tenantId: checked.idTokenClaims?.tid ?? (isGuid(request.tenantId) ? request.tenantId : record.tenantId),
    grantedScopes: checked.grantedScopes,
  };
  return {
    result: toAnswer(record, token),
    save: (before) => ({
      record,
      signedInAt,
      ...namesOf(record, [...(before?.names ?? []), ...names]),
      ...refreshTokenOf(checked, before),
      tokens: { ...alive(before, now), [tokenKeyOf(request, token.tenantId)]: token },
    }),
  };
}

// A refresh token stays until a newer one comes: an authority that sends none with a refresh means the old one.
function refreshTokenOf(
  checked: CheckedTokenAnswer,
  before: StoredAccount | undefined,
): { readonly refreshToken?: string } {
  const refreshToken = checked.refreshToken ?? before?.refreshToken;
  return refreshToken === undefined ? {} : { refreshToken };
}

// The last ones: a name that nobody has used for so long is no loss.
const MOST_NAMES = 12;

function namesOf(
  { username }: AuthenticationRecord,
  all: readonly string[],
): { readonly names?: readonly string[] } {
  const others = all.map((name) => name.trim().toLowerCase()).filter((name) => !isSameName(name, username));
  const names = [...new Set(others.toReversed())].slice(0, MOST_NAMES).toReversed();
  return names.length === 0 ? {} : { names };
}

function alive(account: StoredAccount | undefined, now: number): Record<string, StoredToken> {
  const tokens = Object.entries(account?.tokens ?? {});
  return Object.fromEntries(tokens.filter(([, { expiresOnTimestamp }]) => expiresOnTimestamp > now));
}
