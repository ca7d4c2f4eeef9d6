import { invalidOption } from "./errors/invalid-option.ts";
import { isShortText } from "./is-short-text.ts";

/** Who is signed in, without any secret: safe to store. Python and .NET read and write the same JSON. */
export interface AuthenticationRecord {
  /** Host of the authority, such as "login.microsoftonline.com". */
  authority: string;
  /** `<object id>.<home tenant id>`: stays the same in every tenant. */
  homeAccountId: string;
  clientId: string;
  /** The tenant of the sign-in: the account's home tenant, or the one it is a guest of. */
  tenantId: string;
  username: string;
}

/** What a record holds. */
export const RECORD_FIELDS = ["authority", "homeAccountId", "tenantId", "username", "clientId"] as const;
export function checkAuthenticationRecord(
  value: unknown,
  option: string,
): asserts value is AuthenticationRecord {
  if (typeof value !== "object" || value === null || Array.isArray(value)) {
    throw invalidOption(option, "an authentication record", value ?? null);
  }
  for (const field of RECORD_FIELDS) {
    const content = Object.hasOwn(value, field) ? (value as Record<string, unknown>)[field] : undefined;
    if (!isShortText(content) || content === "") {
      throw invalidOption(option, `an authentication record whose "${field}" is a text`);
    }
  }
}
