import { tellDamage, type TellFault } from "./cache-fault.ts";
import {
  parseSignOuts,
  serializeSignOuts,
  SIGN_OUTS,
  withSignOut,
  type SignedOut,
} from "./sign-out-record.ts";
import type { TokenCacheStore } from "./token-cache-store.ts";

/** The sign-ins that were signed out, by whichever process that shares the store. */
export class SignOuts {
  readonly #store: TokenCacheStore;
  readonly #tell: TellFault;

  constructor(store: TokenCacheStore, tell: TellFault) {
    this.#store = store;
    this.#tell = tell;
  }

  /** Whether this sign-in of an account, or a later one, was signed out. */
  async has(key: string, signedInAt: number): Promise<boolean> {
    const last = (await this.#read())[key];
    return last !== undefined && signedInAt <= last;
  }

  async add(key: string, signedInAt: number): Promise<void> {
    await this.#store.withLock(SIGN_OUTS, async () => {
      const signedOut = withSignOut(await this.#read(), key, signedInAt);
      await this.#store.write(SIGN_OUTS, serializeSignOuts(signedOut));
    });
  }

  /** Looks whether the store can be read. */
  async check(): Promise<void> {
    await this.#store.read(SIGN_OUTS);
  }

  async #read(): Promise<SignedOut> {
    try {
      return parseSignOuts(await this.#store.read(SIGN_OUTS));
    } catch (error) {
      tellDamage(error, this.#tell);
      return parseSignOuts(undefined);
    }
  }
}
