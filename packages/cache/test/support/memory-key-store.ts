import type { KeyStore } from "../../src/keys/key-store.ts";

/** A keyring in memory, which can be told to fail or to hang. */
export class MemoryKeyStore implements KeyStore {
  secret: string | undefined;
  /** Thrown by each call. */
  failure: Error | undefined;
  /** No call is ever answered. */
  hangs = false;
  calls = 0;

  constructor(secret?: string) {
    this.secret = secret;
  }

  read(): Promise<string | undefined> {
    return this.#answer(() => this.secret);
  }

  write(secret: string): Promise<void> {
    return this.#answer(() => {
      this.secret = secret;
    });
  }

  remove(): Promise<void> {
    return this.#answer(() => {
      this.secret = undefined;
    });
  }

  #answer<T>(result: () => T): Promise<T> {
    this.calls++;
    if (this.hangs) return new Promise(() => {});
    return this.failure ? Promise.reject(this.failure) : Promise.resolve(result());
  }
}
