import {
  WamError,
  type WamAccount,
  type WamAccountKind,
  type WamFindAccount,
  type WamListAccounts,
  type WamListResult,
  type WamOperation,
  type WamPickProvider,
  type WamProbe,
  type WamRequest,
  type WamRequestResult,
  type WamSignOut,
  type WamTransport,
  type WamWindow,
  type WindowHandle,
} from "@entrada/wam";
import {
  ADA,
  BOB,
  GUEST,
  SOPHIE,
  kindOf,
  responseOf,
  webAccountOf,
  type FakeAccount,
} from "./fake-account.ts";

/** How one operation ends, in place of what a healthy Windows would answer. */
export type Outcome =
  | { readonly result: WamRequestResult | WamListResult }
  | {
      readonly fails: { readonly hresult?: number; readonly step?: string; readonly code?: WamError["code"] };
    }
  /** Never answers; ends only by `cancel`. */
  | { readonly hangs: true }
  /** Whatever this is. */
  | { readonly junk: unknown }
  | { readonly throws: unknown }
  /** A good answer, for this account, whoever was asked for. */
  | { readonly answersFor: FakeAccount; readonly status?: number };

export type Operation =
  | "request"
  | "listAccounts"
  | "findAccount"
  | "signOut"
  | "pickProvider"
  | "defaultAccountKind";

/** What the person does in the dialog. "ignore": never answers. */
export type Move = "approve" | "cancel" | "ignore" | { readonly picks: FakeAccount };

export interface Call {
  readonly operation: Operation;
  readonly mode?: WamRequest["mode"];
  readonly details: Record<string, unknown>;
}

type Provider = WamAccountKind;

/** A Windows with WAM, in JavaScript: strict about what it is asked, scripted in what it answers. */
export class FakeWam implements WamTransport {
  readonly calls: Call[] = [];
  readonly cancelled: number[] = [];
  /** Everybody who could sign in. */
  readonly directory: FakeAccount[] = [ADA, BOB, GUEST, SOPHIE];
  /** Who has signed in to Windows's apps already. */
  readonly known: FakeAccount[] = [];
  /** Who is signed in to Windows itself. */
  windowsAccount: FakeAccount | undefined;
  /** Whose silent requests need the person. */
  readonly needPerson = new Set<FakeAccount>();
  readonly providers = new Set<Provider>(["organizations", "consumers"]);
  move: Move = "approve";
  pane: Provider | null = "organizations";
  personalAccountsAreListed = false;
  now: () => number = Date.now;
  window: WamWindow = { handle: 0x10020n, source: "console" };
  probeResult: WamProbe = {
    available: true,
    build: 22_631,
    productType: "workstation",
    serverCore: false,
    sessionId: 1,
    elevated: false,
    features: { listAccounts: true, window: true, correlationId: true, accountPicker: true },
  };
  /** The most dialogs that were ever open at a time. */
  mostDialogs = 0;
  #dialogs = 0;
  #serial = 0;
  readonly #scripts: { readonly operation: Operation; readonly outcome: Outcome }[] = [];
  readonly #pending = new Map<number, (error: unknown) => void>();
  readonly #waiting: { readonly matches: (call: Call) => boolean; readonly done: () => void }[] = [];

  /** The next operations of a kind end like this, one each. */
  script(operation: Operation, ...outcomes: readonly Outcome[]): void {
    for (const outcome of outcomes) this.#scripts.push({ operation, outcome });
  }

  /** Resolves at the next call that matches. */
  next(operation: Operation, mode?: WamRequest["mode"]): Promise<void> {
    return new Promise((done) => {
      const matches = (call: Call): boolean =>
        call.operation === operation && (mode === undefined || call.mode === mode);
      this.#waiting.push({ matches, done });
    });
  }

  count(operation: Operation, mode?: WamRequest["mode"]): number {
    return this.calls.filter((call) => call.operation === operation && (!mode || call.mode === mode)).length;
  }

  /** The requests so far, as WAM got them. */
  get requests(): readonly WamRequest[] {
    return this.calls
      .filter(({ operation }) => operation === "request")
      .map(({ details }) => details as unknown as WamRequest);
  }

  get pending(): number {
    return this.#pending.size;
  }

  probe(): WamProbe {
    return this.probeResult;
  }

  defaultAccountKind(operation: WamOperation): Promise<Provider | null> {
    return this.#run("defaultAccountKind", operation, () =>
      this.windowsAccount ? kindOf(this.windowsAccount) : null,
    );
  }

  listAccounts(operation: WamListAccounts): Promise<WamListResult> {
    return this.#run("listAccounts", operation, () => {
      const kind = this.#provider(operation.providerAuthority, "FindAllAccountsAsync");
      if (kind === "consumers" && !this.personalAccountsAreListed) return { status: 1, accounts: [] };
      const accounts = this.#present.filter((account) => kindOf(account) === kind).map(webAccountOf);
      return { status: 0, accounts };
    });
  }

  findAccount(operation: WamFindAccount): Promise<WamAccount | null> {
    return this.#run("findAccount", operation, () => {
      const kind = this.#provider(operation.providerAuthority, "FindAccountAsync");
      const found = this.#knownById(operation.webAccountId, kind);
      return found ? webAccountOf(found) : null;
    });
  }

  signOut(operation: WamSignOut): Promise<boolean> {
    return this.#run("signOut", operation, () => {
      const kind = this.#provider(operation.providerAuthority, "SignOutWithClientIdAsync");
      const found = this.#knownById(operation.webAccountId, kind);
      if (found && this.known.includes(found)) this.known.splice(this.known.indexOf(found), 1);
      return found !== undefined;
    });
  }

  pickProvider(operation: WamPickProvider): Promise<Provider | null> {
    if (this.probeResult.elevated)
      throw new WamError({ code: "WAM_HRESULT", step: "Show", hresult: 0x80070005 });
    return this.#run("pickProvider", operation, () => this.pane);
  }

  request(request: WamRequest): Promise<WamRequestResult> {
    checkRequest(request);
    if (request.mode === "silent") return this.#run("request", request, () => this.#answerSilently(request));
    this.#dialogs += 1;
    this.mostDialogs = Math.max(this.mostDialogs, this.#dialogs);
    return this.#run("request", request, () => this.#answerInDialog(request), this.move === "ignore").finally(
      () => (this.#dialogs -= 1),
    );
  }

  cancel(operationId: number): boolean {
    this.cancelled.push(operationId);
    const reject = this.#pending.get(operationId);
    reject?.(new WamError({ code: "WAM_CANCELLED", step: "request" }));
    return reject !== undefined;
  }

  resolveWindowHandle(handle?: WindowHandle): WamWindow {
    return handle === undefined || handle === "console" ? this.window : { ...this.window, source: "given" };
  }

  async #run<T>(
    operation: Operation,
    details: WamOperation,
    answer: () => T,
    ignored: boolean = false,
  ): Promise<T> {
    const { operationId } = details;
    if (!Number.isInteger(operationId) || operationId < 0 || operationId > 0xffff_ffff) {
      throw new TypeError("operationId: not a whole number up to 2^32-1");
    }
    if (this.#pending.has(operationId)) throw new TypeError("operationId: pending already");
    const { mode } = details as Partial<WamRequest>;
    const call: Call = { operation, details: { ...details }, ...(mode ? { mode } : {}) };
    this.calls.push(call);
    for (const waiting of this.#waiting.filter(({ matches }) => matches(call))) {
      this.#waiting.splice(this.#waiting.indexOf(waiting), 1);
      waiting.done();
    }
    const at = this.#scripts.findIndex((script) => script.operation === operation);
    const [script] = at < 0 ? [] : this.#scripts.splice(at, 1);
    const outcome: Outcome | undefined = script?.outcome ?? (ignored ? { hangs: true } : undefined);
    try {
      return await new Promise<T>((resolve, reject) => {
        this.#pending.set(operationId, reject);
        // Completion comes later and from elsewhere, as WAM's does.
        setImmediate(() => {
          try {
            if (!outcome) resolve(answer());
            else if (!("hangs" in outcome)) resolve(this.#scripted(outcome, details) as T);
          } catch (error) {
            reject(error);
          }
        });
      });
    } finally {
      this.#pending.delete(operationId);
    }
  }

  #scripted(outcome: Exclude<Outcome, { hangs: true }>, details: WamOperation): unknown {
    if ("result" in outcome) return outcome.result;
    if ("junk" in outcome) return outcome.junk;
    if ("throws" in outcome) throw outcome.throws;
    if ("answersFor" in outcome) {
      return { ...this.#good(outcome.answersFor, details as WamRequest), status: outcome.status ?? 0 };
    }
    const { code = "WAM_HRESULT", step = "GetTokenSilentlyAsync", hresult } = outcome.fails;
    throw new WamError({ code, step, ...(hresult === undefined ? {} : { hresult }) });
  }

  #answerSilently(request: WamRequest): WamRequestResult {
    const kind = this.#provider(request.providerAuthority, "FindAccountProviderWithAuthorityAsync");
    const account =
      request.webAccountId === undefined
        ? this.windowsAccount && kindOf(this.windowsAccount) === kind && this.windowsAccount
        : this.#knownById(request.webAccountId, kind);
    if (!account && request.webAccountId !== undefined) {
      throw new WamError({ code: "WAM_ACCOUNT_NOT_FOUND", step: "FindAccountAsync" });
    }
    return account && !this.needPerson.has(account) ? this.#good(account, request) : interactionRequired();
  }

  #answerInDialog(request: WamRequest): WamRequestResult {
    const kind = this.#provider(request.providerAuthority, "FindAccountProviderWithAuthorityAsync");
    if (this.move === "cancel") return { status: 1, responses: [] };
    const account = this.#accountInDialog(request, kind);
    if (!account) return interactionRequired();
    const asked =
      request.webAccountId === undefined ? undefined : this.#knownById(request.webAccountId, kind);
    this.needPerson.delete(account);
    if (!this.known.includes(account)) this.known.push(account);
    const status = asked && asked !== account ? 2 : 0;
    return { ...this.#good(account, request), status };
  }

  #accountInDialog(request: WamRequest, kind: Provider): FakeAccount | undefined {
    if (typeof this.move === "object") return this.move.picks;
    if (request.webAccountId !== undefined) return this.#knownById(request.webAccountId, kind);
    const hint = request.properties?.["LoginHint"];
    return this.directory.find(
      (account) => kindOf(account) === kind && (hint === undefined || account.username === hint),
    );
  }

  #good(account: FakeAccount, request: WamRequest): WamRequestResult {
    this.#serial += 1;
    const { clientId, scope } = request;
    const asked = request.providerAuthority.split("/").at(-1) ?? "";
    const tenantId = /^[\da-f-]{36}$/.test(asked) ? asked : account.tenantId;
    const grant = { account, clientId, scope, tenantId, serial: this.#serial, now: this.now() };
    return { status: 0, responses: [responseOf(grant)] };
  }

  #provider(authority: string, step: string): Provider {
    const kind = authority === "consumers" ? "consumers" : "organizations";
    if (!this.providers.has(kind)) throw new WamError({ code: "WAM_PROVIDER_NOT_FOUND", step });
    return kind;
  }

  #knownById(id: string, kind: Provider): FakeAccount | undefined {
    return this.#present.find((account) => webAccountOf(account).id === id && kindOf(account) === kind);
  }

  get #present(): readonly FakeAccount[] {
    return [...new Set(this.windowsAccount ? [...this.known, this.windowsAccount] : this.known)];
  }
}

/** A refusal, as WAM gives it. */
export function refused(status: number, errorCode?: number, errorMessage = ""): Outcome {
  return {
    result: {
      status,
      responses: [],
      ...(errorCode === undefined ? {} : { error: { errorCode, errorMessage, errorProperties: {} } }),
    },
  };
}

function interactionRequired(): WamRequestResult {
  const error = { errorCode: 0xcaa2000c, errorMessage: "Interaction required", errorProperties: {} };
  return { status: 3, error, responses: [] };
}

// What Windows would refuse, or quietly misunderstand, is an error here.
function checkRequest({ mode, providerAuthority, scope, properties = {}, ...request }: WamRequest): void {
  const personal = providerAuthority === "consumers";
  const wrong = (what: string): never => {
    throw new TypeError(`fake WAM: ${what}`);
  };
  if (scope === "") wrong("no scope");
  if (!personal && !/^https:\/\/[\w.]+\/[\w.-]+$/.test(providerAuthority)) wrong("no authority URL");
  if (!personal && properties["wam_compat"] !== "2.0") wrong("no wam_compat");
  if (personal && (scope.includes("offline_access") || "wam_compat" in properties))
    wrong("Entra's, not MSA's");
  if (mode === "window" && request.windowHandle === undefined) wrong("no window");
  if (mode === "silent" && (request.promptType === 1 || "prompt" in properties)) wrong("a prompt in silence");
  if (properties["prompt"] !== undefined && request.promptType !== 1) wrong("prompt without prompt type");
  if (request.webAccountId !== undefined && "LoginHint" in properties) wrong("a hint beside an account");
  if (Object.values(properties).some((value) => typeof value !== "string"))
    wrong("a property that is no text");
}
