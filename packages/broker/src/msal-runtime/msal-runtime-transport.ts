import {
  WamError,
  WamListStatus,
  WamRequestStatus,
  windowHandleValue,
  type WamAccount,
  type WamFindAccount,
  type WamListAccounts,
  type WamListResult,
  type WamProbe,
  type WamRequest,
  type WamRequestResult,
  type WamSignOut,
  type WamWindow,
  type WindowHandle,
} from "@entrada/wam";
import type { BrokerTransport } from "../availability/find-broker.ts";
import type { UnavailableBroker } from "../availability/unavailable-broker.ts";
import { loadMsalRuntime, type RuntimeLoad } from "./load-msal-runtime.ts";
import {
  RuntimeStatus,
  type MsalRuntime,
  type RuntimeAccount,
  type RuntimeAccountResult,
  type RuntimeAccountsResult,
  type RuntimeTokenResult,
} from "./msal-runtime.ts";
import { RuntimeCalls } from "./runtime-calls.ts";
import { runtimeParameters } from "./runtime-parameters.ts";
import { isRuntimeFailure, runtimeError, runtimeRefusal } from "./runtime-refusal.ts";
import { isOfKind, runtimeAccount, runtimeResponse } from "./runtime-response.ts";
import { tokenCall } from "./runtime-token-call.ts";

/** @internal For tests. */
export interface MsalRuntimeTransportOptions {
  load?: () => RuntimeLoad;
  platform?: string;
  /** Our wall clock, in ms since 1970. */
  now?: () => number;
}

/** Microsoft's runtime in the place of WAM. It knows no account of Windows apart and has no account pane. */
export class MsalRuntimeTransport implements BrokerTransport {
  readonly #options: Required<MsalRuntimeTransportOptions>;
  readonly #calls = new RuntimeCalls();
  #load: RuntimeLoad | undefined;

  constructor(options: MsalRuntimeTransportOptions = {}) {
    const { load = loadMsalRuntime, platform = process.platform, now = Date.now } = options;
    this.#options = { load, platform, now };
  }

  get unavailable(): UnavailableBroker | undefined {
    const loaded = this.#loaded();
    return loaded.runtime ? undefined : loaded.unavailable;
  }

  probe(): WamProbe {
    return {
      available: this.unavailable === undefined,
      build: 0,
      productType: "workstation",
      serverCore: false,
      sessionId: 1,
      elevated: false,
      features: { listAccounts: true, window: true, correlationId: true, accountPicker: false },
    };
  }

  /** The runtime finds out by itself, and does not tell. */
  async defaultAccountKind(): Promise<null> {
    return null;
  }

  async request(request: WamRequest): Promise<WamRequestResult> {
    try {
      const first = await this.#token(request);
      if (!request.invalidateFirst) return this.#result(first, request);
      // The runtime renews a token that it is shown.
      first.CheckError();
      return this.#result(await this.#token(request, first.accessToken), request);
    } catch (error) {
      if (isRuntimeFailure(error)) return runtimeRefusal(error);
      throw error;
    }
  }

  async listAccounts({ operationId, clientId, providerAuthority }: WamListAccounts): Promise<WamListResult> {
    const kind = providerAuthority === "consumers" ? "consumers" : "organizations";
    const step = "DiscoverAccountsAsync";
    const result = await this.#calls.run<RuntimeAccountsResult>(operationId, step, (callback) =>
      this.#runtime().DiscoverAccountsAsync(clientId, crypto.randomUUID(), callback),
    );
    checked(result, step);
    const accounts = result.accounts.filter((account) => isOfKind(account, kind)).map(runtimeAccount);
    return { status: WamListStatus.success, accounts };
  }

  async findAccount({ operationId, webAccountId }: WamFindAccount): Promise<WamAccount | null> {
    const account = await this.#account(operationId, webAccountId);
    return account ? runtimeAccount(account) : null;
  }

  async signOut({ operationId, webAccountId, clientId }: WamSignOut): Promise<boolean> {
    const account = await this.#account(operationId, webAccountId);
    if (!account) return false;
    const step = "SignOutSilentlyAsync";
    const result = await this.#calls.run<{ CheckError(): void }>(operationId, step, (callback) =>
      this.#runtime().SignOutSilentlyAsync(clientId, crypto.randomUUID(), account, callback),
    );
    checked(result, step);
    return true;
  }

  async pickProvider(): Promise<never> {
    throw new WamError({ code: "WAM_PROVIDER_NOT_FOUND", step: "pickProvider" });
  }

  cancel(operationId: number): boolean {
    return this.#calls.cancel(operationId);
  }

  resolveWindowHandle(windowHandle?: WindowHandle): WamWindow {
    const handle = windowHandleValue(windowHandle);
    return { handle, source: handle === 0n ? "console" : "given" };
  }

  async #token(request: WamRequest, renew?: string): Promise<RuntimeTokenResult> {
    const { operationId, webAccountId } = request;
    const account = webAccountId === undefined ? undefined : await this.#account(operationId, webAccountId);
    if (webAccountId !== undefined && !account) {
      throw new WamError({ code: "WAM_ACCOUNT_NOT_FOUND", step: "ReadAccountByIdAsync" });
    }
    const runtime = this.#runtime();
    const parameters = runtimeParameters(runtime, request, this.#options.platform);
    if (renew !== undefined) parameters.SetAccessTokenToRenew(renew);
    const start = tokenCall(runtime, parameters, request, account);
    return this.#calls.run(operationId, "AcquireToken", start);
  }

  #result(result: RuntimeTokenResult, request: WamRequest): WamRequestResult {
    let status: number = WamRequestStatus.success;
    try {
      result.CheckError();
    } catch (failure) {
      // A switch of accounts is reported as a failure, beside a token that is good.
      if (!isRuntimeFailure(failure) || failure.errorStatus !== RuntimeStatus.userSwitched) throw failure;
      status = WamRequestStatus.accountSwitch;
    }
    if (!result.accessToken || result.isPopAuthorization) return { status, responses: [] };
    const kind = request.providerAuthority === "consumers" ? "consumers" : "organizations";
    return { status, responses: [runtimeResponse(result, kind, this.#options.now())] };
  }

  async #account(operationId: number, accountId: string): Promise<RuntimeAccount | undefined> {
    const step = "ReadAccountByIdAsync";
    const result = await this.#calls.run<RuntimeAccountResult>(operationId, step, (callback) =>
      this.#runtime().ReadAccountByIdAsync(accountId, crypto.randomUUID(), callback),
    );
    try {
      checked(result, step);
      return result.account;
    } catch (error) {
      if (error instanceof WamError && error.code === "WAM_ACCOUNT_NOT_FOUND") return undefined;
      throw error;
    }
  }

  #runtime(): MsalRuntime {
    const { runtime } = this.#loaded();
    if (!runtime) throw new WamError({ code: "WAM_PROVIDER_NOT_FOUND", step: "load" });
    return runtime;
  }

  #loaded(): RuntimeLoad {
    return (this.#load ??= this.#options.load());
  }
}

function checked(result: { CheckError(): void }, step: string): void {
  try {
    result.CheckError();
  } catch (failure) {
    throw isRuntimeFailure(failure) ? runtimeError(failure, step) : failure;
  }
}
