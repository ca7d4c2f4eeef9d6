import { tolerate, type TellFault } from "./cache-fault.ts";
import type { SignOuts } from "./sign-outs.ts";
import type { StoredAccount } from "./stored-account.ts";

/** The accounts that no store has as they are: what could not be saved; without a store, all there are. */
export class UnsavedAccounts {
  readonly #accounts = new Map<string, StoredAccount>();
  readonly #signOuts: SignOuts | undefined;
  readonly #tell: TellFault;

  /** @param signOuts - those of the store, where there is one */
  constructor(signOuts: SignOuts | undefined, tell: TellFault) {
    this.#signOuts = signOuts;
    this.#tell = tell;
  }

  get isEmpty(): boolean {
    return this.#accounts.size === 0;
  }

  keys(): Iterable<string> {
    return this.#accounts.keys();
  }

  has(key: string): boolean {
    return this.#accounts.has(key);
  }

  /** What there is of an account, unless that sign-in was signed out meanwhile. */
  async get(key: string): Promise<StoredAccount | undefined> {
    const account = this.#accounts.get(key);
    if (!account || !this.#signOuts) return account;
    try {
      if (!(await this.#signOuts.has(key, account.signedInAt))) return account;
      this.#accounts.delete(key);
      return undefined;
    } catch (error) {
      tolerate(error, this.#tell, true);
      return account;
    }
  }

  /** By key, the same for those whose keys begin like this. */
  async list(keyStart: string): Promise<ReadonlyMap<string, StoredAccount>> {
    const found = new Map<string, StoredAccount>();
    for (const key of this.#accounts.keys()) {
      const account = key.startsWith(keyStart) ? await this.get(key) : undefined;
      if (account) found.set(key, account);
    }
    return found;
  }

  /** One without looking at the sign-outs, and so without giving way. */
  current(key: string): StoredAccount | undefined {
    return this.#accounts.get(key);
  }

  set(key: string, account: StoredAccount): void {
    this.#accounts.set(key, account);
  }

  delete(key: string): void {
    this.#accounts.delete(key);
  }
}
