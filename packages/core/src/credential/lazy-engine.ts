import type { AuthenticationRecord } from "../authentication-record.ts";
import type { AuthenticateOptions } from "../interactive-credential.ts";
import { LoadOnce } from "../load-once.ts";
import type { AccessToken, GetTokenOptions } from "../token-credential.ts";
import type { Engine } from "../engine/engine.ts";
import { stayAlive } from "../engine/stay-alive.ts";

/** Puts its engine together at the first call: a program pays for signing in when it does, not when it starts. */
export class LazyEngine implements Engine {
  readonly #opened: LoadOnce<Engine>;
  #engine: Engine | undefined;
  #disposed = false;

  /**
   * @param open - may hand an engine on later that takes the place of the one it opens
   * @param become - is given the engine when it is there. Default: it answers later calls at once
   */
  constructor(
    open: (become: (engine: Engine) => void) => Promise<Engine>,
    become: (engine: Engine) => void = (engine) => (this.#engine = engine),
  ) {
    this.#opened = new LoadOnce(async () => {
      // A caller waits, and what a flow awaits to be made may be nothing that Node waits for.
      const engine = await stayAlive(open(become));
      // Nobody had asked it for anything yet: from now on it says why it gets nothing.
      if (this.#disposed) engine.dispose();
      // Behind all that wait for it, of which one may be its end: nobody is served past them.
      void this.#opened.get().then(become);
      return engine;
    });
  }

  getToken(scopes: string | string[], options?: GetTokenOptions): Promise<AccessToken> {
    // Without a turn of the event loop once the engine is there: this is the way of every warm call.
    return this.#engine
      ? this.#engine.getToken(scopes, options)
      : this.#opened.get().then((engine) => engine.getToken(scopes, options));
  }

  async authenticate(
    scopes?: string | string[],
    options?: AuthenticateOptions,
  ): Promise<AuthenticationRecord> {
    return (await this.#opened.get()).authenticate(scopes, options);
  }

  async accounts(): Promise<readonly AuthenticationRecord[]> {
    return (await this.#opened.get()).accounts();
  }

  async signOut(account?: AuthenticationRecord): Promise<void> {
    return (await this.#opened.get()).signOut(account);
  }

  dispose(): void {
    if (this.#engine) return this.#engine.dispose();
    this.#disposed = !this.#opened.present;
    // The calls that wait for the engine reach it first, and are ended by it.
    this.#opened.present?.then(
      (engine) => engine.dispose(),
      () => {}, // those calls tell why it could not be loaded
    );
  }
}
