import type { AuthenticationRecord } from "../authentication-record.ts";
import { AuthenticationError } from "../errors/authentication-error.ts";

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
  readonly refreshToken?: string;
  /** By scopes, tenant and CAE. */
  readonly tokens: Readonly<Record<string, StoredToken>>;
}

/** All that a token cache holds. It is never changed in place. */
export interface TokenDocument {
  readonly version: typeof VERSION;
  readonly accounts: Readonly<Record<string, StoredAccount>>;
  /**
   * Sign-ins that were signed out, by account, as their `signedInAt`: what another process still has of one in memory
   * stays out of the cache.
   */
  readonly signedOut: Readonly<Record<string, number>>;
}

const VERSION = 1;
// What a process could not save for so many sign-outs is not worth a growing file.
const KEPT_SIGN_OUTS = 100;

export const EMPTY_DOCUMENT: TokenDocument = Object.freeze({
  version: VERSION,
  accounts: inert<StoredAccount>({}),
  signedOut: inert<number>({}),
});

/** Where an account stands in a document: accounts of other applications and clouds are other accounts. */
export function accountKey(
  record: Pick<AuthenticationRecord, "clientId" | "authority" | "homeAccountId">,
): string {
  return `${record.clientId}|${record.authority}|${record.homeAccountId}`.toLowerCase();
}

/**
 * @throws AuthenticationError `cache`: detail `cache_version` for a document of a newer Entrada, which must be left
 * alone, else `cache_corrupt`.
 */
export function parseDocument(bytes: Uint8Array): TokenDocument {
  let value: Partial<TokenDocument> | null = null;
  try {
    value = JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(bytes)) as Partial<TokenDocument>;
  } catch {
    // The parser's message quotes the text, which may hold tokens.
  }
  if (typeof value?.version === "number" && value.version > VERSION) {
    throw new AuthenticationError({
      code: "cache",
      what: "The token cache was written by a newer version of Entrada",
      remedy: "Update the @entrada packages, or use another cache name",
      detail: "cache_version",
    });
  }
  const signedOut = value?.signedOut ?? {};
  if (
    value?.version !== VERSION ||
    !isObject(value.accounts) ||
    !Object.values(value.accounts).every(isAccount) ||
    !isObject(signedOut) ||
    !Object.values(signedOut).every(Number.isFinite)
  ) {
    throw new AuthenticationError({
      code: "cache",
      what: "The token cache is damaged",
      remedy: "It is started anew: sign in again",
      detail: "cache_corrupt",
    });
  }
  return { version: VERSION, accounts: inert(value.accounts), signedOut: inert(signedOut) };
}

export function serializeDocument(document: TokenDocument): Uint8Array {
  return new TextEncoder().encode(JSON.stringify(document));
}

export function withAccount(document: TokenDocument, account: StoredAccount): TokenDocument {
  const key = accountKey(account.record);
  const { [key]: _over, ...signedOut } = document.signedOut;
  return { ...document, accounts: inert(document.accounts, { [key]: account }), signedOut: inert(signedOut) };
}

/** Signs an account out: this sign-in of it is not to come back. */
export function withoutAccount(document: TokenDocument, key: string): TokenDocument {
  const { [key]: gone, ...rest } = document.accounts;
  if (!gone) return document;
  const { [key]: _before, ...others } = document.signedOut;
  const signedOut = [...Object.entries(others), [key, gone.signedInAt] as const].slice(-KEPT_SIGN_OUTS);
  return { ...document, accounts: inert(rest), signedOut: inert(Object.fromEntries(signedOut)) };
}

/** Whether this sign-in, or a later one of the same account, was signed out. */
export function wasSignedOut(document: TokenDocument, { record, signedInAt }: StoredAccount): boolean {
  const last = document.signedOut[accountKey(record)];
  return last !== undefined && signedInAt <= last;
}

// Names in the document come from outside: one like "__proto__" must be a name and nothing else.
function inert<T>(...entries: readonly Readonly<Record<string, T>>[]): Readonly<Record<string, T>> {
  return Object.assign(Object.create(null), ...entries) as Record<string, T>;
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function isAccount(value: unknown): value is StoredAccount {
  if (!isObject(value) || !isObject(value.record) || !isObject(value.tokens)) return false;
  const { record, tokens, refreshToken } = value;
  return (
    ["authority", "clientId", "homeAccountId", "tenantId", "username"].every(
      (f) => typeof record[f] === "string",
    ) &&
    (refreshToken === undefined || typeof refreshToken === "string") &&
    Object.values(tokens).every(
      (token) =>
        isObject(token) && typeof token.token === "string" && Number.isFinite(token.expiresOnTimestamp),
    )
  );
}
