import type { AuthenticationRecord } from "../authentication-record.ts";

/** An access token as it is kept. Times are in ms since 1970. */
export interface StoredToken {
  readonly token: string;
  readonly expiresOnTimestamp: number;
  readonly refreshAfterTimestamp?: number;
  readonly receivedOnTimestamp?: number;
  readonly tenantId: string;
  readonly grantedScopes: readonly string[];
}

/** One person's sign-in to one application: the refresh token serves all scopes, all tenants, CAE and non-CAE. */
export interface StoredAccount {
  readonly record: AuthenticationRecord;
  readonly signedInAt: number;
  /** Other names of the person, and login hints that led here. */
  readonly names?: readonly string[];
  readonly refreshToken?: string;
  /** By scopes, tenant and CAE. */
  readonly tokens: Readonly<Record<string, StoredToken>>;
}

/** The key of an account's record: accounts of other applications and clouds are other accounts. */
export function accountKey(
  record: Pick<AuthenticationRecord, "clientId" | "authority" | "homeAccountId">,
): string {
  return `${record.clientId}|${record.authority}|${record.homeAccountId}`.toLowerCase();
}

/** Whether what was parsed is an account. */
export function isStoredAccount(value: unknown): value is StoredAccount {
  if (!isObject(value) || !isRecord(value["record"]) || !isObject(value["tokens"])) return false;
  const { tokens, refreshToken } = value;
  return (
    (refreshToken === undefined || typeof refreshToken === "string") &&
    Object.values(tokens as object).every(
      (token) =>
        isObject(token) && typeof token["token"] === "string" && Number.isFinite(token["expiresOnTimestamp"]),
    )
  );
}

/** The names among what was parsed. */
export function namesIn(value: unknown): { readonly names?: readonly string[] } {
  const names = Array.isArray(value) ? value.filter((name) => typeof name === "string") : [];
  return names.length === 0 ? {} : { names };
}

/** Whether what was parsed says who an account is. */
export function isRecord(value: unknown): value is AuthenticationRecord {
  return (
    isObject(value) &&
    typeof value["authority"] === "string" &&
    typeof value["clientId"] === "string" &&
    typeof value["homeAccountId"] === "string" &&
    typeof value["tenantId"] === "string" &&
    typeof value["username"] === "string"
  );
}

export function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
