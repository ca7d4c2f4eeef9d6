import type { AuthenticationRecord } from "../../src/authentication-record.ts";
import { AuthenticationError, AuthenticationRequiredError } from "../../src/errors/authentication-error.ts";
import { virtualClock } from "../../src/testing/virtual-clock.ts";
import type { AccessToken } from "../../src/token-credential.ts";
import { ADA, BOB } from "../scripted-flow.ts";
import { ARM, type Arrangement, type ModelCall } from "./arrangements.ts";
import type { EngineParts } from "./engine-parts.ts";
import { settle } from "./settle.ts";
import { ModelFlow, type Kept } from "./model-flow.ts";
import { isOpen, type ModelRequest } from "./model-request.ts";
import { PromptLock } from "./prompt-lock.ts";
import { Rests } from "./rests-of-model.ts";

export interface CallState extends ModelCall {
  readonly controller: AbortController;
  state: "idle" | "pending" | "ended";
  begunAtStep: number;
  begunAt: number;
  endedAtStep: number;
  endedAt: number;
  /** The token of `getToken`, where that is how it ended; "signed in" of the others. */
  token?: string;
  error?: { readonly name: string; readonly code?: string; readonly detail?: string };
  /** Listeners at the caller's signal. */
  readonly listeners: Set<unknown>;
}

export interface TokenFacts {
  readonly account: AuthenticationRecord;
  readonly scope: string;
  readonly from: ModelRequest;
  readonly issuedAtStep: number;
  /** Whether anybody wanted it yet. */
  readonly wasOpen: boolean;
  readonly expiresOn: number;
}

export const HOUR_IN_MS = 3_600_000;

/** Two engines, what they share, and everything that has happened: the invariants look at nothing else. */
export class ModelWorld {
  readonly arrangement: Arrangement;
  readonly clock = virtualClock();
  readonly calls: readonly CallState[];
  readonly requests: ModelRequest[] = [];
  readonly tokens = new Map<string, TokenFacts>();
  readonly rests = new Rests();
  readonly signedOutAtStep = [-1, -1];
  /** Who was signed out last. */
  signedOut: AuthenticationRecord | undefined;
  readonly disposedAtStep = [-1, -1];
  /** At which step somebody's sign-in was answered at a prompt of each credential. */
  readonly signedInAtStep = [-1, -1];
  readonly engines: readonly InstanceType<EngineParts["TokenEngine"]>[];
  readonly kept: readonly Kept[];
  step = 0;
  action = "";

  constructor(parts: EngineParts, arrangement: Arrangement) {
    this.arrangement = arrangement;
    this.calls = arrangement.calls.map((call) => ({
      ...call,
      controller: new AbortController(),
      state: "idle",
      begunAtStep: -1,
      begunAt: -1,
      endedAtStep: -1,
      endedAt: -1,
      listeners: new Set(),
    }));
    for (const call of this.calls) countListeners(call);
    const { together, hint, deaf = false } = arrangement;
    const sharesStore = together === "one_store" || together === "two_processes";
    const kept = (): Kept => ({ account: undefined, revision: 0 });
    const first = kept();
    this.kept = [first, sharesStore ? first : kept()];
    const lock = together === "two_processes" ? new PromptLock(first) : undefined;
    const store = together === "one_store" ? parts.memoryTokenCache() : undefined;
    const asker = together === "one_question" ? {} : undefined;
    this.engines = [0, 1].map((of) => {
      const options = {
        ...(store && { tokenCache: store }),
        ...(hint && of === 1 && { loginHint: ADA.username }),
      };
      return new parts.TokenEngine({
        settings: parts.resolveSettings(options, { timeoutInMs: 300_000 }),
        flow: new ModelFlow({
          of,
          kept: this.kept[of]!,
          sharing: lock?.sharing(),
          asksBy: asker,
          obeys: !deaf,
          begin: (begun) => this.#begin(begun),
        }),
        events: new parts.EventSink(
          undefined,
          parts.createLogger("model", () => {}),
        ),
        clock: this.clock,
        random: () => 0,
      });
    });
  }

  /** Whose prompts go through one gate. */
  gateOf(of: number): string {
    const { together } = this.arrangement;
    return together === "one_store" || together === "one_question" ? "shared" : String(of);
  }

  hintOf(of: number): string {
    return this.arrangement.hint && of === 1 ? ADA.username : "";
  }

  get open(): readonly ModelRequest[] {
    return this.requests.filter(isOpen);
  }

  /** What came last for a credential that wanted it; `undefined` also where it was signed out since. */
  lastTokenOf(of: number, scope?: string): TokenFacts | undefined {
    const last = [...this.tokens.values()].findLast(
      (token) => token.wasOpen && token.from.of === of && (scope === undefined || token.scope === scope),
    );
    return last && last.issuedAtStep > this.signedOutAtStep[of]! ? last : undefined;
  }

  begin(index: number): void {
    const call = this.calls[index]!;
    const { of, scope, by, controller } = call;
    Object.assign(call, { state: "pending", begunAtStep: this.step, begunAt: this.clock.monotonic() });
    const options = { abortSignal: controller.signal };
    const engine = this.engines[of]!;
    const work: Promise<unknown> =
      by === "getToken"
        ? engine.getToken(scope, options)
        : engine.authenticate(scope, { ...options, forcePrompt: by === "forced" });
    const end = (how: Partial<CallState>): void =>
      void Object.assign(call, { ...how, state: "ended", endedAtStep: this.step, endedAt: this.clock.now() });
    work.then(
      (value) => end({ token: by === "getToken" ? (value as AccessToken).token : "signed in" }),
      (error: Error) => end({ error }),
    );
  }

  /** Answers a request with a token of the account. */
  grant(request: ModelRequest, account: AuthenticationRecord): void {
    const { kind, of, scope } = request;
    const wasOpen = isOpen(request);
    const token = `${account.username}#${this.tokens.size}`;
    const now = this.clock.now();
    const expiresOn = now + HOUR_IN_MS;
    this.tokens.set(token, { account, scope, from: request, issuedAtStep: this.step, wasOpen, expiresOn });
    if (kind === "prompt" && wasOpen) {
      const kept = this.kept[of]!;
      kept.account = account;
      kept.revision += 1;
      this.signedInAtStep[of] = this.step;
      this.rests.end(this.gateOf(of));
    }
    this.#answer(request);
    request.resolve({
      token,
      account,
      expiresOnTimestamp: expiresOn,
      refreshAfterTimestamp: now + HOUR_IN_MS / 2,
      tenantId: request.request.tenantId,
      grantedScopes: request.request.scopes,
    });
  }

  refuse(request: ModelRequest, why: "required" | "network" | "no" | "refused"): void {
    const { of, account } = request;
    request.refused = why;
    if (why === "no") this.rests.begin(this.gateOf(of), this.hintOf(of), this.clock.monotonic());
    this.#answer(request);
    request.reject(errorOf(why, request.scope, account === undefined));
  }

  signOut(of: number): void {
    this.signedOutAtStep[of] = this.step;
    this.signedOut = this.lastTokenOf(of)?.account ?? this.kept[of]!.account;
    void this.engines[of]!.signOut();
  }

  dispose(of: number): void {
    this.disposedAtStep[of] = this.step;
    this.engines[of]!.dispose();
  }

  /** What has happened before: all four calls wait for a person; or one or two calls besides have signed in. */
  async makeBeginning(): Promise<void> {
    const { beginning } = this.arrangement;
    if (beginning === "nobody") return;
    if (beginning === "all_waiting") return this.#letAllWait();
    for (const engine of beginning === "signed_in" ? this.engines.slice(0, 1) : this.engines) {
      const work = engine.getToken(ARM);
      await settle();
      for (let request = this.open[0]; request; request = this.open[0]) {
        if (request.kind === "prompt") this.grant(request, ADA);
        else if (request.account) this.grant(request, request.account);
        else this.refuse(request, "required");
        await settle();
      }
      await work;
    }
  }

  async #letAllWait(): Promise<void> {
    for (const index of this.calls.keys()) this.begin(index);
    await settle();
    this.step += 1;
    for (const request of this.open) this.refuse(request, "required");
    await settle();
  }

  #begin(begun: Pick<ModelRequest, "kind" | "of" | "request" | "account" | "resolve" | "reject">): void {
    const begunAt = { begunAtStep: this.step, begunAt: this.clock.monotonic() };
    const scope = begun.request.scopes.join(" ");
    const request: ModelRequest = { id: this.requests.length, ...begun, ...begunAt, scope, answered: false };
    this.requests.push(request);
    const { signal } = begun.request;
    signal.addEventListener("abort", () => (request.endedAt ??= this.clock.monotonic()), { once: true });
  }

  #answer(request: ModelRequest): void {
    Object.assign(request, { answered: true, answeredAtStep: this.step });
    request.endedAt ??= this.clock.monotonic();
  }
}

function errorOf(why: "required" | "network" | "no" | "refused", scope: string, nobody: boolean): Error {
  const what = "The explorer chose so";
  switch (why) {
    case "required":
      return new AuthenticationRequiredError({
        what,
        scopes: [scope],
        ...(nobody && { detail: "no_account" }),
      });
    case "network":
      return new AuthenticationError({ code: "network", what, retryable: true });
    case "no":
      return new AuthenticationError({ code: "user_cancelled", what });
    case "refused":
      return new AuthenticationError({ code: "service", what, detail: "invalid_resource" });
  }
}

function countListeners(call: CallState): void {
  const { signal } = call.controller;
  const { addEventListener, removeEventListener } = signal;
  signal.addEventListener = (...given: Parameters<typeof addEventListener>) => {
    call.listeners.add(given[1]);
    addEventListener.apply(signal, given);
  };
  signal.removeEventListener = (...given: Parameters<typeof removeEventListener>) => {
    call.listeners.delete(given[1]);
    removeEventListener.apply(signal, given);
  };
}

export const PEOPLE = { ada: ADA, bob: BOB };
