import { claimsOfChallenge } from "@entrada/core";
import { bearerParameter } from "@entrada/core/challenge";

/** What an answer with the status 401 or 403 says (RFC 6750, section 3; RFC 9728, section 5.1). */
export interface Refusal {
  readonly status: number;
  readonly error: string | undefined;
  /** JSON text. */
  readonly claims: string | undefined;
  readonly scopes: readonly string[] | undefined;
  /** Where the server says what it is. */
  readonly metadata: string | undefined;
}

/** What a refusal asks for: any token, one with claims, or one with a further scope. */
export type Wish = "token" | "claims" | "scope";

export function readRefusal({ status, headers }: Response): Refusal {
  const header = headers.get("www-authenticate");
  return {
    status,
    error: bearerParameter(header, "error"),
    claims: status === 401 ? claimsOfChallenge(header) : undefined,
    scopes: bearerParameter(header, "scope")?.split(" "),
    metadata: bearerParameter(header, "resource_metadata"),
  };
}

/** `undefined` where a token was refused for good: another one of the same kind would be, too. */
export function wishOf({ status, error, claims, scopes }: Refusal, hadToken: boolean): Wish | undefined {
  if (status === 403) return error === "insufficient_scope" && scopes !== undefined ? "scope" : undefined;
  if (!hadToken) return "token";
  return claims === undefined ? undefined : "claims";
}
