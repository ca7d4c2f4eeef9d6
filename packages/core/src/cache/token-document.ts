import { AccountLine } from "./account-line.ts";
import { accountKey, type StoredAccount } from "./stored-account.ts";

/** All that a token cache holds. It is never changed in place. */
export interface TokenDocument {
  /** By `accountKey`. */
  readonly accounts: ReadonlyMap<string, AccountLine>;
  /**
   * Sign-ins that were signed out, by account, as their `signedInAt`: what another process still has of one in memory
   * stays out of the cache.
   */
  readonly signedOut: Readonly<Record<string, number>>;
}

// What a process could not save for so many sign-outs is not worth a growing file.
const KEPT_SIGN_OUTS = 100;

export const EMPTY_DOCUMENT: TokenDocument = Object.freeze({
  accounts: new Map<string, AccountLine>(),
  signedOut: inert<number>({}),
});

export function accountIn(document: TokenDocument, key: string): StoredAccount | undefined {
  return document.accounts.get(key)?.account;
}

export function accountsIn(document: TokenDocument): readonly StoredAccount[] {
  return Array.from(document.accounts.values(), ({ account }) => account).filter(
    (each) => each !== undefined,
  );
}

export function withAccount(document: TokenDocument, account: StoredAccount): TokenDocument {
  const key = accountKey(account.record);
  const { [key]: _over, ...signedOut } = document.signedOut;
  const accounts = new Map(document.accounts).set(key, AccountLine.ofAccount(account));
  return { accounts, signedOut: inert(signedOut) };
}

/** Signs an account out: this sign-in of it is not to come back. */
export function withoutAccount(document: TokenDocument, key: string): TokenDocument {
  const line = document.accounts.get(key);
  if (!line) return document;
  const accounts = new Map<string, AccountLine>();
  // The text that the lines stood in has the tokens of the one that is gone.
  for (const [other, stays] of document.accounts) if (other !== key) accounts.set(other, stays.apart());
  const gone = line.account;
  if (!gone) return { ...document, accounts };
  const { [key]: _before, ...others } = document.signedOut;
  const signedOut = [...Object.entries(others), [key, gone.signedInAt] as const].slice(-KEPT_SIGN_OUTS);
  return { accounts, signedOut: inert(Object.fromEntries(signedOut)) };
}

/** Whether this sign-in, or a later one of the same account, was signed out. */
export function wasSignedOut(document: TokenDocument, { record, signedInAt }: StoredAccount): boolean {
  const last = document.signedOut[accountKey(record)];
  return last !== undefined && signedInAt <= last;
}

/** Names in the document come from outside: one like "__proto__" must be a name and nothing else. */
export function inert<T>(entries: Readonly<Record<string, T>>): Readonly<Record<string, T>> {
  return Object.assign(Object.create(null), entries) as Record<string, T>;
}
