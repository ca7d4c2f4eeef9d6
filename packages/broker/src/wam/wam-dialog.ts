import { AuthenticationError, isAuthenticationError } from "@entrada/core/credential";
import type { Clock } from "@entrada/core/flow";
import type { WamAccountKind, WamProbe, WamTransport, WindowHandle } from "@entrada/wam";
import { brokerUnavailable } from "../availability/unavailable-broker.ts";
import type { AccountFinder } from "./account-finder.ts";
import type { DialogWish } from "../contract/dialog-wish.ts";
import { kindOfTenant } from "../contract/account-kind.ts";
import { isKnownBy } from "../contract/known-by.ts";
import type { BrokerAnswer } from "../contract/broker-answer.ts";
import { callWam } from "./call-wam.ts";
import { kindOfWindowsAccount } from "./kind-of-windows-account.ts";
import type { QuietTime } from "./quiet-time.ts";
import type { RefusedRequest } from "../refusals/refused-request.ts";
import { windowsReasonOf } from "../refusals/wam-result-error.ts";
import { refusalError } from "../refusals/refusal-error.ts";
import type { TokenAsk } from "../contract/token-ask.ts";
import { transportError } from "../refusals/transport-error.ts";
import type { WamExchange, WamTarget } from "./wam-exchange.ts";

export interface WamDialogOptions {
  readonly transport: WamTransport;
  readonly probe: WamProbe;
  readonly accounts: AccountFinder;
  readonly exchange: WamExchange;
  readonly quiet: QuietTime;
  readonly msaPassthrough: boolean;
  readonly clock: Clock;
  /** Whether the caller has another way where the broker is unavailable; else what is left of the broker is used. */
  readonly hasFallback: boolean;
}

/** Asks the person: for what is missing, by name, or whose account it shall be. */
export class WamDialog {
  readonly #options: WamDialogOptions;

  constructor(options: WamDialogOptions) {
    this.#options = options;
  }

  async ask(ask: TokenAsk, wish: DialogWish): Promise<BrokerAnswer> {
    const { accounts, exchange, probe } = this.#options;
    const { account, force = false } = wish;
    if (!probe.features.window) throw brokerUnavailable({ detail: "dialog_unsupported" });
    const known = account && (await this.#before(ask, (ask) => accounts.find(ask, account)));
    if (known?.webAccountId !== undefined) {
      return exchange.inDialog(ask, known, { force, sameAccount: !force }, wish.windowHandle);
    }
    const loginHint = account?.username ?? wish.loginHint;
    return loginHint === undefined ? this.#byChoice(ask, wish) : this.#byName(ask, loginHint, wish);
  }

  async #byName(ask: TokenAsk, loginHint: string, wish: DialogWish): Promise<BrokerAnswer> {
    const { exchange } = this.#options;
    const kind = this.#kindOfTenant(ask);
    const known = await this.#before(ask, (ask) => this.#named(ask, loginHint, kind));
    if (known) return exchange.inDialog(ask, known, { force: true }, wish.windowHandle);
    return this.#withKind(ask, wish, { force: true, loginHint });
  }

  #byChoice(ask: TokenAsk, wish: DialogWish): Promise<BrokerAnswer> {
    return this.#withKind(ask, wish, { force: true, pickAccount: true });
  }

  async #withKind(
    ask: TokenAsk,
    { windowHandle, onRefused }: DialogWish,
    shape: Parameters<WamExchange["inDialog"]>[2],
  ): Promise<BrokerAnswer> {
    const { exchange, hasFallback, probe, transport } = this.#options;
    const withoutPane = (kind: WamAccountKind): Promise<BrokerAnswer> =>
      exchange.inDialog(ask, { kind }, shape, windowHandle);
    const ofTenant = this.#kindOfTenant(ask);
    if (ofTenant !== undefined) return withoutPane(ofTenant);
    if (probe.elevated) {
      // The account pane does not work for administrators, and nothing has been shown yet.
      if (hasFallback) throw brokerUnavailable({ detail: "elevated_picker" });
      return withoutPane("organizations");
    }
    if (!probe.features.accountPicker) {
      const ofWindows = await this.#before(ask, (ask) => kindOfWindowsAccount(transport, ask));
      return withoutPane(ofWindows ?? "organizations");
    }
    const kind = await this.#chosenKind(ask, windowHandle).catch((error: unknown) => {
      if (hasFallback || !isUnavailable(error)) throw error;
      onRefused?.(error);
    });
    if (kind === undefined) return withoutPane("organizations");
    return exchange.inDialog(ask, { kind }, shape, windowHandle).catch((error: unknown) => {
      throw afterPane(error);
    });
  }

  /** What shows nothing, before a dialog: where Windows fails at it, nothing has been shown, and the browser may take over. */
  async #before<T>(ask: TokenAsk, work: (ask: TokenAsk) => Promise<T>): Promise<T> {
    try {
      return await this.#options.quiet.within(ask, work);
    } catch (error) {
      const isOfWindows = isTimeout(error) || windowsReasonOf(error) !== undefined;
      if (isUnavailable(error) || !isOfWindows) throw error;
      throw brokerUnavailable({ detail: "wam_failed", cause: error });
    }
  }

  // Passthrough serves personal accounts in every tenant.
  #kindOfTenant({ tenantId }: TokenAsk): WamAccountKind | undefined {
    return this.#options.msaPassthrough ? undefined : kindOfTenant(tenantId);
  }

  async #named(
    ask: TokenAsk,
    name: string,
    kind: WamAccountKind | undefined,
  ): Promise<WamTarget | undefined> {
    const listed = await this.#options.accounts.list(ask);
    const found = listed.find(
      (account) => isKnownBy(account.names, name) && (kind === undefined || account.kind === kind),
    );
    return found && { kind: found.kind, webAccountId: found.id };
  }

  /** Lets the person say, in Windows's account pane, whether the account is a personal one. */
  async #chosenKind(ask: TokenAsk, windowHandle: WindowHandle): Promise<WamAccountKind> {
    const { clock, transport } = this.#options;
    const start = clock.monotonic();
    const shown = (): Omit<RefusedRequest, "ask"> => ({
      interactive: true,
      openForMs: clock.monotonic() - start,
    });
    const kinds = ["organizations", "consumers"] as const;
    const kind = await callWam(transport, ask, (operation) =>
      transport.pickProvider({ ...operation, windowHandle, kinds }),
    ).catch((error: unknown) => {
      throw transportError(error, ask, shown());
    });
    if (kind === null) throw refusalError({ meaning: { kind: "cancelled" } }, { ask, ...shown() });
    return kind;
  }
}

function isTimeout(error: unknown): boolean {
  return isAuthenticationError(error) && error.code === "timeout";
}

function isUnavailable(error: unknown): error is AuthenticationError {
  return isAuthenticationError(error) && error.code === "broker_unavailable";
}

// The person has seen the pane and chosen in it: starting over in a browser would surprise them.
function afterPane(error: unknown): unknown {
  if (!isUnavailable(error)) return error;
  return new AuthenticationError({
    code: "service",
    detail: error.detail,
    what: "Windows offered the account and then could not sign it in",
    remedy: error.hint,
    cause: error,
  });
}
