import { nodeCrypto } from "../node-crypto.ts";
import { type Deferred, deferred } from "../deferred.ts";
import type { OneTimeLink } from "./listener-contract.ts";

/**
 * The way to the sign-in page for a program that starts a browser: its arguments can be read by every user of the
 * machine, and whoever has the page's own address can sign in there and send the answer here.
 */
export class OpeningLink implements OneTimeLink {
  readonly path: string = `/${nodeCrypto().randomBytes(16).toString("base64url")}`;
  readonly url: string;
  readonly #opened: Deferred<void> = deferred();
  #target: string | undefined;
  #timesRefused = 0;

  constructor(target: string, origin: string) {
    this.#target = target;
    this.url = `${origin}${this.path}`;
  }

  get opened(): Promise<void> {
    return this.#opened.promise;
  }

  get timesRefused(): number {
    return this.#timesRefused;
  }

  /** Where to go, the first time; undefined afterwards. */
  follow(): string | undefined {
    const target = this.#target;
    this.#target = undefined;
    this.#opened.resolve();
    if (target === undefined) this.#timesRefused += 1;
    return target;
  }
}
