/** A change of one place in the engine's sources that makes it wrong. */
export interface SeededFault {
  readonly name: string;
  /** Under packages/core/src/engine. */
  readonly file: string;
  /** There once. */
  readonly find: string;
  readonly put: string;
}

/** Each must be found by the model. */
export const SEEDED_FAULTS: readonly SeededFault[] = [
  {
    name: "after a success the rests of other callers stay",
    file: "prompt-rests.ts",
    find: "this.#rests.clear();",
    put: "this.#rests.delete(undefined);",
  },
  {
    name: "a refusal is not followed by a rest",
    file: "prompt-rests.ts",
    find: "this.#rests.set(loginHint, { since, until, error });",
    put: ";",
  },
  {
    name: "a rest never ends",
    file: "prompt-rests.ts",
    find: "if (leftInMs <= 0) return;",
    put: "",
  },
  {
    name: "an explicit call is kept waiting by a rest",
    file: "sign-in-gate.ts",
    find: "if (!signIn.explicit) this.#rests.refuse",
    put: "this.#rests.refuse",
  },
  {
    name: "two prompts at a time",
    file: "sign-in-gate.ts",
    find: "if (this.#current) return this.#join",
    put: "if (this.#current?.signIn.key === signIn.key) return this.#join",
  },
  {
    name: "the gate stays shut after a prompt",
    file: "sign-in-gate.ts",
    find: "        this.#current = undefined;\n",
    put: "",
  },
  {
    name: "the reminders go on after the prompt",
    file: "sign-in-gate.ts",
    find: "      reminder.cancel();\n",
    put: "",
  },
  {
    name: "the limit of who joins a prompt stays",
    file: "sign-in-gate.ts",
    find: "    } finally {\n      limit?.cancel();",
    put: "    } finally {",
  },
  {
    name: "the end of another credential's prompt by its callers' leaving ends all who wait",
    file: "sign-in-gate.ts",
    find: "return shown.owner !== waiting.owner && !isAuthenticationError(error);",
    put: "return false;",
  },
  {
    name: "another credential's prompt is cancelled as one's own",
    file: "sign-in-gate.ts",
    find: "if (this.#current?.signIn.owner === owner) this",
    put: "if (this.#current) this",
  },
  {
    name: "a prompt goes on after its credential has gone",
    file: "token-acquirer.ts",
    find: "    this.#gate?.cancel(this, error);\n",
    put: "",
  },
  {
    name: "requests go on after their credential has gone",
    file: "token-acquirer.ts",
    find: "for (const request of this.#requests.values()) request.cancel(error);",
    put: "",
  },
  {
    name: "who joins a prompt for another scope gets its token",
    file: "sign-in-gate.ts",
    find: "shown.owner === owner && shown.key === key",
    put: "shown.owner === owner",
  },
  {
    name: "who has waited for a prompt asks at once instead of trying silently",
    file: "token-acquirer.ts",
    find: "      silent = true;\n",
    put: "      silent = false;\n",
  },
  {
    name: "a request is not forgotten when it has ended",
    file: "token-acquirer.ts",
    find: "() => this.#requests.delete(key)",
    put: "() => {}",
  },
  {
    name: "a silent request of its own for each call",
    file: "silent-requests.ts",
    find: "    let request = this.#requests.get(key);",
    put: "    let request: SharedRequest<Acquired> | undefined;",
  },
  {
    name: "a silent request is not forgotten when it has ended",
    file: "silent-requests.ts",
    find: "() => this.#requests.delete(key)",
    put: "() => {}",
  },
  {
    name: "after a sign-out tokens are got silently",
    file: "silent-requests.ts",
    find: "    if (session.isSignedOut) throw personNeeded(call);\n",
    put: "",
  },
  {
    name: "a renewal brings back the account before the last",
    file: "silent-requests.ts",
    find: "if (present && !isSameAccount(present, account ?? answer.account)) return",
    put: "if (present === null) return",
  },
  {
    name: "a fault of the network leads to a prompt",
    file: "token-acquirer.ts",
    find: "          if (!isAuthenticationRequired(error)) throw error;\n",
    put: "",
  },
  {
    name: "an abort of one ends the request of all",
    file: "shared-request.ts",
    find: "if (this.#waiting === 0) this.cancel(new AbortError(signal));",
    put: "this.cancel(new AbortError(signal));",
  },
  {
    name: "the last who leaves leaves the work running",
    file: "shared-request.ts",
    find: "        release();\n        if (this.#waiting === 0) this.cancel(new AbortError(signal));\n",
    put: "",
  },
  {
    name: "who aborts is told only when the work ends",
    file: "shared-request.ts",
    find: "        reject(new AbortError(signal));\n",
    put: "",
  },
  {
    name: "a listener stays at the caller's signal",
    file: "on-abort.ts",
    find: "if (watch.callbacks.size === 0) watch.end();",
    put: "",
  },
  {
    name: "an expired token is served",
    file: "token-engine.ts",
    find: "if (entry && this.#index.isFresh(entry)) {",
    put: "if (entry) {",
  },
  {
    name: "a fault is told though the token is valid",
    file: "token-engine.ts",
    find: "        if (!entry) throw error;\n",
    put: "        throw error;\n",
  },
  {
    name: "a caller with a valid token waits for its renewal without end",
    file: "token-engine.ts",
    find: "          work.release();\n          resolve(entry);\n",
    put: "          void resolve;\n",
  },
  {
    name: "no renewal in the background",
    file: "token-engine.ts",
    find: "if (!this.#index.isCalm(entry)) this.#acquirer.refreshInBackground(call);",
    put: "",
  },
  {
    name: "a disposed credential goes on",
    file: "token-engine.ts",
    find: "    if (!this.#disposed) return;\n",
    put: "    return;\n",
  },
  {
    name: "a disposed credential keeps its tokens",
    file: "token-engine.ts",
    find: "    this.#disposed = true;\n    this.#index.clear();",
    put: "    this.#disposed = true;",
  },
  {
    name: "a sign-out ends nothing that is under way",
    file: "token-engine.ts",
    find: '      this.#acquirer.cancelAll("The account was signed out.");\n',
    put: "",
  },
  {
    name: "the other credentials of the store are not told of a sign-out",
    file: "heeded-sign-outs.ts",
    find: "    this.#all.add(this.#keyOf(account));\n",
    put: "",
  },
  {
    name: "a sign-out keeps the tokens in memory",
    file: "session.ts",
    find: "  signOut(): void {\n    this.tokens.clear();",
    put: "  signOut(): void {",
  },
  {
    name: "the tokens of the former account stay",
    file: "session.ts",
    find: "if (!isSameAccount(account, this.#account)) this.tokens.clear();",
    put: "",
  },
  {
    name: "tokens of another scope are served",
    file: "request-key.ts",
    find: 'return { scope: scopes.join(" "), tenantId, enableCae };',
    put: 'return { scope: scopes.length > 0 ? "any" : "", tenantId, enableCae };',
  },
  {
    name: "two processes ask at the same time",
    file: "token-acquirer.ts",
    find: "if (!sharing) return this.#prompt(asked, terms, signal);",
    put: "if (sharing !== null) return this.#prompt(asked, terms, signal);",
  },
  {
    name: "a process asks again though another one has got the sign-in",
    file: "prompt-for-many.ts",
    find: "return (await watch.look()) ?? options.ask(inner);",
    put: "return options.ask(inner);",
  },
  {
    name: "a process goes on looking after its sign-in",
    file: "prompt-for-many.ts",
    find: "    watch.stop();\n",
    put: "",
  },
  {
    name: "a silent request does not hear of a sign-in that came while it was under way",
    file: "silent-requests.ts",
    find: "      if (!news.heard) throw error;\n",
    put: "      throw error;\n",
  },
  {
    name: "another process's sign-in during a silent request is not seen",
    file: "token-acquirer.ts",
    find: "          if (state !== seen) {",
    put: "          if (seen === null) {",
  },
  {
    name: "a person is asked for a caller who was served meanwhile",
    file: "token-acquirer.ts",
    find: 'rule === "never" || !isAwaited()',
    put: 'rule === "never"',
  },
];
