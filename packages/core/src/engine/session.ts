import type { AuthenticationRecord } from "../authentication-record.ts";
import { isSameAccount } from "../flow/same-account.ts";
import type { Clock } from "../clock.ts";
import type { TokenAnswer } from "../flow/flow.ts";
import type { CredentialSettings } from "../options/resolve-settings.ts";
import type { Acquired } from "./acquired.ts";
import { HeededSignOuts } from "./heeded-sign-outs.ts";
import { keyOfToken } from "./request-key.ts";
import type { TokenCall } from "./token-call.ts";
import { TokenIndex } from "./token-index.ts";

export interface SessionOptions {
  readonly settings: CredentialSettings;
  readonly clock: Clock;
  readonly random: () => number;
}

/** Who is signed in with one credential, and the tokens of that account in memory. */
export class Session {
  readonly tokens: TokenIndex;
  /** The one account that the credential was made for, if there is one. */
  readonly #fixed: AuthenticationRecord | undefined;
  readonly #signOuts: HeededSignOuts;
  #account: AuthenticationRecord | undefined;
  #signedOut = false;

  constructor({ settings, clock, random }: SessionOptions) {
    this.tokens = new TokenIndex(clock, random);
    this.#fixed = settings.account;
    this.#signOuts = new HeededSignOuts(settings);
    this.#account = settings.account;
  }

  /** Whose tokens these are, as far as known. */
  get account(): AuthenticationRecord | undefined {
    return this.#account;
  }

  /** Whether a person must be asked first: after a sign-out no other account of the token cache steps in unasked. */
  get isSignedOut(): boolean {
    return this.#signedOut;
  }

  /** Remembers a token, and whose it is. The tokens of another account are forgotten. */
  accept(call: TokenCall, answer: TokenAnswer): Omit<Acquired, "flow"> {
    const { account } = answer;
    if (!isSameAccount(account, this.#account)) this.tokens.clear();
    this.#account = account;
    this.#signedOut = false;
    return { entry: this.tokens.set(keyOfToken(call), answer), account };
  }

  /** Forgets who is signed in. */
  signOut(): void {
    this.tokens.clear();
    this.#account = this.#fixed;
    this.#signedOut = true;
  }

  /** Tells the other credentials that share the token cache that it no longer has this account. */
  announceSignOut(account: AuthenticationRecord): void {
    this.#signOuts.announce(account);
    this.heedSignOuts();
  }

  /** Whether nobody was signed out since `heedSignOuts`. Asked before each hit. */
  get hasHeededSignOuts(): boolean {
    return this.#signOuts.areHeeded;
  }

  /** Forgets the tokens in memory if their account was signed out by another credential. */
  heedSignOuts(): void {
    if (this.#signOuts.heed(this.#account)) this.tokens.clear();
  }
}
