import type { AuthenticationRecord } from "../authentication-record.ts";
import type { AuthenticateOptions } from "../interactive-credential.ts";
import { deferred } from "../deferred.ts";
import { LoadOnce } from "../load-once.ts";
import type { AccessToken, GetTokenOptions } from "../token-credential.ts";
import type { Engine } from "../engine/engine.ts";
import { stayAlive } from "../engine/stay-alive.ts";

/** Answers a first call without the engine, where it can; see `CachedTokens.find`. */
export type FirstLook = (
  scopes: string | string[],
  options: GetTokenOptions | undefined,
  isAlone: () => boolean,
) => Promise<AccessToken | undefined>;

/** Puts its engine together at the first call: a program pays for signing in when it does, not when it starts. */
export class LazyEngine implements Engine {
  readonly #opened: LoadOnce<Engine>;
  #engine: Engine | undefined;
  /** Absent as soon as it was taken. */
  #look: FirstLook | undefined;
  /** The first call while it looks. */
  #looking: Looking | undefined;
  #disposed = false;

  /** @param look - the first call of all tries this before the engine is opened */
  constructor(open: () => Promise<Engine>, look?: FirstLook) {
    this.#look = look;
    this.#opened = new LoadOnce(async () => {
      // A caller waits, and what a flow awaits to be made may be nothing that Node waits for.
      const engine = await stayAlive(open());
      // Nobody had asked it for anything yet: from now on it says why it gets nothing.
      if (this.#disposed) engine.dispose();
      return (this.#engine = engine);
    });
  }

  getToken(scopes: string | string[], options?: GetTokenOptions): Promise<AccessToken> {
    // Without a turn of the event loop once the engine is there: this is the way of every warm call.
    if (this.#engine) return this.#engine.getToken(scopes, options);
    const look = this.#look;
    return look
      ? this.#lookFirst(look, scopes, options)
      : this.#ask((engine) => engine.getToken(scopes, options));
  }

  authenticate(scopes?: string | string[], options?: AuthenticateOptions): Promise<AuthenticationRecord> {
    return this.#ask((engine) => engine.authenticate(scopes, options));
  }

  accounts(): Promise<readonly AuthenticationRecord[]> {
    return this.#ask((engine) => engine.accounts());
  }

  signOut(account?: AuthenticationRecord): Promise<void> {
    return this.#ask((engine) => engine.signOut(account));
  }

  dispose(): void {
    if (this.#engine) return this.#engine.dispose();
    this.#look = undefined;
    const isOpening = this.#looking ?? this.#opened.present;
    this.#disposed = isOpening === undefined;
    // The calls that wait for the engine reach it first, and are ended by it.
    if (isOpening) {
      this.#ask((engine) => engine.dispose()).catch(() => {
        // Those calls tell why it could not be loaded.
      });
    }
  }

  /** Asks the engine; what looks is left to it as well, and comes first. */
  async #ask<T>(work: (engine: Engine) => T | Promise<T>): Promise<T> {
    this.#look = undefined;
    if (this.#looking) await this.#looking.leave();
    return work(await this.#opened.get());
  }

  #lookFirst(
    look: FirstLook,
    scopes: string | string[],
    options: GetTokenOptions | undefined,
  ): Promise<AccessToken> {
    this.#look = undefined;
    const left = deferred<undefined>();
    let isAlone = true;
    const found = Promise.race([stayAlive(look(scopes, options, () => isAlone)), left.promise]).finally(
      () => {
        this.#looking = undefined;
      },
    );
    const token = found.then(
      (present) => present ?? this.#opened.get().then((engine) => engine.getToken(scopes, options)),
    );
    this.#looking = {
      leave() {
        isAlone = false;
        left.resolve(undefined);
        return found.then(
          () => {},
          () => {}, // a wrong call: its caller is told
        );
      },
    };
    return token;
  }
}

/** A call that looks for its token. */
interface Looking {
  /** Sends it to the engine. It is there before who waits for this. */
  leave(): Promise<void>;
}
