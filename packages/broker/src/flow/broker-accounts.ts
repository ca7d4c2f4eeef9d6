import type { AuthenticationRecord } from "@entrada/core";
import { accountOfName, cloudOf } from "@entrada/core/flow";
import type { KnownAccount } from "../contract/known-account.ts";
import type { SoughtAccount } from "../contract/sought-account.ts";
import type { BrokerAnswer } from "../contract/broker-answer.ts";
import { homeTenantOf } from "../contract/home-tenant-of.ts";
import { namesOfAnswer } from "../contract/known-by.ts";

interface Met {
  readonly record: AuthenticationRecord;
  /** Names under which it is known, or to which it was led. */
  readonly names: readonly string[];
  readonly webAccountId: string | undefined;
}

export interface BrokerAccountsOptions {
  readonly clientId: string;
  /** Host of the authority, in its one spelling. */
  readonly authority: string;
}

/** The accounts this credential has met, and those it has signed out of: Windows itself would go on serving them. */
export class BrokerAccounts {
  readonly #options: BrokerAccountsOptions;
  // By home account id, the one met last at the end.
  readonly #met = new Map<string, Met>();
  readonly #signedOut = new Set<string>();

  constructor(options: BrokerAccountsOptions) {
    this.#options = options;
  }

  /**
   * Notes whose answer came, and returns who that is.
   * @param hint - the name by which the person was asked
   */
  meet(answer: BrokerAnswer, asked?: AuthenticationRecord, hint?: string): AuthenticationRecord {
    const { homeAccountId, tenantId, username, webAccountId } = answer;
    const key = keyOf(homeAccountId);
    const same = asked && keyOf(asked.homeAccountId) === key ? asked : undefined;
    const record = same ?? { ...this.#options, homeAccountId, tenantId, username };
    const known = this.#met.get(key);
    const names = [...(known?.names ?? []), ...namesOfAnswer(answer), ...(hint === undefined ? [] : [hint])];
    this.#met.delete(key);
    this.#met.set(key, {
      record,
      names: [...new Set(names)],
      webAccountId: webAccountId ?? known?.webAccountId,
    });
    return record;
  }

  /** What to look for in Windows. */
  sought(record: AuthenticationRecord): SoughtAccount {
    const { homeAccountId, username } = record;
    return { homeAccountId, username, webAccountId: this.#met.get(keyOf(homeAccountId))?.webAccountId };
  }

  /** The account met last under a name, or by one that has led to it. */
  named(name: string | undefined): AuthenticationRecord | undefined {
    return name === undefined ? undefined : accountOfName([...this.#met.values()].toReversed(), name);
  }

  signOut(homeAccountId: string): void {
    this.#met.delete(keyOf(homeAccountId));
    this.#signedOut.add(keyOf(homeAccountId));
  }

  signIn(homeAccountId: string): void {
    this.#signedOut.delete(keyOf(homeAccountId));
  }

  isSignedOut(homeAccountId: string): boolean {
    return this.#signedOut.has(keyOf(homeAccountId));
  }

  /** Those met, the last first, then the others that Windows knows in this cloud. */
  all(listed: readonly KnownAccount[]): readonly AuthenticationRecord[] {
    const records = new Map<string, AuthenticationRecord>();
    for (const { record } of [...this.#met.values()].toReversed()) {
      records.set(keyOf(record.homeAccountId), record);
    }
    for (const account of listed) {
      const record = this.#recordOf(account);
      if (!record || this.isSignedOut(record.homeAccountId)) continue;
      const key = keyOf(record.homeAccountId);
      if (!records.has(key)) records.set(key, record);
    }
    return [...records.values()];
  }

  #recordOf({ authority, home, tenantId, username }: KnownAccount): AuthenticationRecord | undefined {
    if (!home || !this.#isOfThisCloud(authority)) return undefined;
    const { homeAccountId } = home;
    return {
      ...this.#options,
      homeAccountId,
      tenantId: tenantId ?? homeTenantOf(homeAccountId),
      username: username ?? homeAccountId,
    };
  }

  #isOfThisCloud(authority: string | undefined): boolean {
    const host = authority !== undefined && URL.canParse(authority) ? cloudOf(authority)?.host : undefined;
    return host === undefined || host === this.#options.authority;
  }
}

function keyOf(homeAccountId: string): string {
  return homeAccountId.toLowerCase();
}
