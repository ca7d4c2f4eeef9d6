import type { KnownAccount } from "../contract/known-account.ts";
import { accountOfListed } from "./authentication-result.ts";
import type { AccountInfo } from "./native-broker-plugin.ts";

/** The accounts that an application has met through the plugin, and those it has signed out of. */
export class PluginAccounts {
  readonly #met = new Map<string, AccountInfo>();
  readonly #signedOut = new Set<string>();

  /** Notes who has just signed in, or was served. */
  meet(clientId: string, account: AccountInfo): void {
    this.#met.set(keyOf(clientId, account.homeAccountId), account);
  }

  signIn(clientId: string, homeAccountId: string): void {
    this.#signedOut.delete(keyOf(clientId, homeAccountId));
  }

  /** Windows itself would go on serving the account: it must not, until its person signs in again. */
  signOut(clientId: string, homeAccountId: string): void {
    this.#met.delete(keyOf(clientId, homeAccountId));
    this.#signedOut.add(keyOf(clientId, homeAccountId));
  }

  isSignedOut(clientId: string, homeAccountId: string): boolean {
    return this.#signedOut.has(keyOf(clientId, homeAccountId));
  }

  /** What Windows lists, and those met that it does not list: personal accounts. */
  all(clientId: string, listed: readonly KnownAccount[]): AccountInfo[] {
    const accounts = new Map<string, AccountInfo>();
    for (const [key, account] of this.#met) {
      if (key.startsWith(keyOf(clientId, ""))) accounts.set(key, account);
    }
    for (const account of listed.map(accountOfListed)) {
      if (!account || this.isSignedOut(clientId, account.homeAccountId)) continue;
      const key = keyOf(clientId, account.homeAccountId);
      if (!accounts.has(key)) accounts.set(key, account);
    }
    return [...accounts.values()];
  }
}

function keyOf(clientId: string, homeAccountId: string): string {
  return `${clientId}\n${homeAccountId}`.toLowerCase();
}
