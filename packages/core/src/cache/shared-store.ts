import { throwIfAborted } from "../errors/abort-error.ts";
import type { TellFault } from "./cache-fault.ts";
import type { TokenCacheStore } from "./token-cache-store.ts";

/** What processes that share a store do beside each other: who has signed in, and who asks a person. */
export class SharedStore {
  readonly #given: TokenCacheStore;
  readonly #guarded: TokenCacheStore;
  readonly #tell: TellFault;

  /** @param guarded - the same store, which answers in time: for all but to wait for a person */
  constructor(given: TokenCacheStore, guarded: TokenCacheStore, tell: TellFault) {
    this.#given = given;
    this.#guarded = guarded;
    this.#tell = tell;
  }

  /**
   * A text that changes with each sign-in of the accounts whose keys begin like this, and may change otherwise. It is
   * looked at again and again: of faults nobody is told.
   */
  async signIns(keyStart: string): Promise<string> {
    try {
      const revision = await this.#guarded.revision?.();
      if (revision !== undefined) return revision;
      const ours = (await this.#guarded.list()).filter(({ key }) => key.startsWith(keyStart));
      // What stands in a label changes with the sign-in, and with no renewal.
      return ours
        .map(({ key, label = "" }) => `${key} ${label}`)
        .sort()
        .join("\n");
    } catch {
      return "";
    }
  }

  /** Runs `work`, which asks the person, while no other process asks for the same; at once where the store has no way. */
  async alone<T>(
    key: string,
    work: () => Promise<T>,
    options: { readonly signal: AbortSignal; readonly onHeld: () => void },
  ): Promise<T> {
    if (!this.#given.withPromptLock) return work();
    let asked: Promise<T> | undefined;
    try {
      await this.#given.withPromptLock(key, () => (asked ??= work()), options);
    } catch (error) {
      throwIfAborted(options.signal);
      // No lock is no reason not to sign in; and what the work came to comes from the work.
      if (!asked) this.#tell(error as Error);
    }
    return asked ?? work();
  }
}
