import type { AuthenticationRecord } from "../src/authentication-record.ts";
import type { Clock } from "../src/clock.ts";
import { AbortError } from "../src/errors/abort-error.ts";
import { AuthenticationRequiredError } from "../src/errors/authentication-error.ts";
import type { Flow, InteractiveRequest, TokenAnswer, TokenRequest } from "../src/flow/flow.ts";

export const ADA: AuthenticationRecord = {
  authority: "login.microsoftonline.com",
  homeAccountId: "ada.home",
  clientId: "04b07795-8ddb-461a-bbee-02f9e1bf7b46",
  tenantId: "11111111-1111-4111-8111-111111111111",
  username: "ada@contoso.example",
};
export const BOB: AuthenticationRecord = {
  ...ADA,
  homeAccountId: "bob.home",
  username: "bob@contoso.example",
};

type Answering = (request: TokenRequest) => Promise<TokenAnswer>;

/** A flow whose every answer the test decides; by default the person is Ada and says yes at once. */
export class ScriptedFlow implements Flow {
  readonly name = "scripted";
  readonly silentRequests: TokenRequest[] = [];
  readonly prompts: InteractiveRequest[] = [];
  readonly clock: Clock;
  signedIn: AuthenticationRecord | undefined;
  onSilent: Answering;
  onPrompt: (request: InteractiveRequest) => Promise<TokenAnswer>;
  #count = 0;

  constructor(clock: Clock) {
    this.clock = clock;
    this.onSilent = async (request) => {
      if (this.signedIn) return this.answer(request);
      throw new AuthenticationRequiredError({ what: "Nobody is signed in", scopes: request.scopes });
    };
    this.onPrompt = async (request) => {
      this.signedIn = ADA;
      return this.answer(request);
    };
  }

  answer(request: TokenRequest, more: Partial<TokenAnswer> = {}): TokenAnswer {
    this.#count += 1;
    return {
      token: `token-${this.#count}`,
      expiresOnTimestamp: this.clock.now() + 3_600_000,
      account: this.signedIn ?? ADA,
      tenantId: request.tenantId,
      grantedScopes: request.scopes,
      ...more,
    };
  }

  silent(request: TokenRequest): Promise<TokenAnswer> {
    this.silentRequests.push(request);
    return this.onSilent(request);
  }

  interactive(request: InteractiveRequest): Promise<TokenAnswer> {
    this.prompts.push(request);
    return this.onPrompt(request);
  }

  async accounts(): Promise<readonly AuthenticationRecord[]> {
    return this.signedIn ? [this.signedIn] : [];
  }

  async signOut(): Promise<void> {
    this.signedIn = undefined;
  }
}

/** Work that ends when the test says so, and obeys the signal. */
export function held<T>(): {
  wait(signal: AbortSignal): Promise<T>;
  resolve(value: T): void;
  reject(error: unknown): void;
  readonly started: Promise<void>;
} {
  let resolve!: (value: T) => void;
  let reject!: (error: unknown) => void;
  let start!: () => void;
  const started = new Promise<void>((done) => (start = done));
  const work = new Promise<T>((yes, no) => {
    resolve = yes;
    reject = no;
  });
  return {
    wait(signal) {
      start();
      signal.addEventListener("abort", () => reject(new AbortError(signal)), { once: true });
      return work;
    },
    resolve,
    reject,
    started,
  };
}
