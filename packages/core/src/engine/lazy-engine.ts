import type { AuthenticationRecord } from "../authentication-record.ts";
import type { AuthenticateOptions } from "../interactive-credential.ts";
import type { AccessToken, GetTokenOptions } from "../token-credential.ts";
import type { Engine } from "./engine.ts";
import { stayAlive } from "./stay-alive.ts";

/** Puts its engine together at the first call: a program pays for signing in when it does, not when it starts. */
export class LazyEngine implements Engine {
  readonly #open: () => Promise<Engine>;
  #engine: Engine | undefined;
  #opening: Promise<Engine> | undefined;
  #disposed = false;

  constructor(open: () => Promise<Engine>) {
    this.#open = open;
  }

  getToken(scopes: string | string[], options?: GetTokenOptions): Promise<AccessToken> {
    // Without a turn of the event loop once the engine is there: this is the way of every warm call.
    return this.#engine
      ? this.#engine.getToken(scopes, options)
      : this.#opened().then((engine) => engine.getToken(scopes, options));
  }

  async authenticate(
    scopes?: string | string[],
    options?: AuthenticateOptions,
  ): Promise<AuthenticationRecord> {
    return (await this.#opened()).authenticate(scopes, options);
  }

  async accounts(): Promise<readonly AuthenticationRecord[]> {
    return (await this.#opened()).accounts();
  }

  async signOut(account?: AuthenticationRecord): Promise<void> {
    return (await this.#opened()).signOut(account);
  }

  dispose(): void {
    if (this.#engine) return this.#engine.dispose();
    this.#disposed = this.#opening === undefined;
    // The calls that wait for the engine reach it first, and are ended by it.
    this.#opening?.then(
      (engine) => engine.dispose(),
      () => {}, // those calls tell why it could not be loaded
    );
  }

  #opened(): Promise<Engine> {
    // A caller waits, and what a flow awaits to be made may be nothing that Node waits for.
    this.#opening ??= stayAlive(this.#open()).then(
      (engine) => {
        // Nobody had asked it for anything yet: from now on it says why it gets nothing.
        if (this.#disposed) engine.dispose();
        return (this.#engine = engine);
      },
      (error: unknown) => {
        this.#opening = undefined;
        throw error;
      },
    );
    return this.#opening;
  }
}
