import { AuthenticationError, isAuthenticationError } from "@entrada/core/credential";
import type { WamAccountKind, WamProbe, WamTransport, WindowHandle } from "@entrada/wam";
import { brokerUnavailable } from "../availability/unavailable-broker.ts";
import type { AccountFinder } from "./account-finder.ts";
import type { DialogWish } from "../contract/dialog-wish.ts";
import { kindOfTenant } from "../contract/account-kind.ts";
import type { BrokerAnswer } from "../contract/broker-answer.ts";
import { callWam } from "./call-wam.ts";
import { kindOfWindowsAccount } from "./kind-of-windows-account.ts";
import type { QuietTime } from "./quiet-time.ts";
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
}

/** Asks the person: for what is missing, by name, or whose account it shall be. */
export class WamDialog {
  readonly #options: WamDialogOptions;

  constructor(options: WamDialogOptions) {
    this.#options = options;
  }

  async ask(ask: TokenAsk, wish: DialogWish): Promise<BrokerAnswer> {
    const { accounts, quiet, exchange } = this.#options;
    const { account, force = false, windowHandle } = wish;
    const known = account && (await quiet.within(ask, (ask) => accounts.find(ask, account)));
    if (known?.webAccountId !== undefined) {
      return exchange.inDialog(ask, known, { force, sameAccount: !force }, windowHandle);
    }
    const loginHint = account?.username ?? wish.loginHint;
    return loginHint === undefined
      ? this.#byChoice(ask, windowHandle)
      : this.#byName(ask, loginHint, windowHandle);
  }

  async #byName(ask: TokenAsk, loginHint: string, windowHandle: WindowHandle): Promise<BrokerAnswer> {
    const { exchange, quiet } = this.#options;
    const kind = this.#kindOfTenant(ask);
    const known = await quiet.within(ask, (ask) => this.#named(ask, loginHint, kind));
    if (known) return exchange.inDialog(ask, known, { force: true }, windowHandle);
    return this.#withKind(ask, windowHandle, { force: true, loginHint });
  }

  #byChoice(ask: TokenAsk, windowHandle: WindowHandle): Promise<BrokerAnswer> {
    return this.#withKind(ask, windowHandle, { force: true, pickAccount: true });
  }

  async #withKind(
    ask: TokenAsk,
    windowHandle: WindowHandle,
    shape: Parameters<WamExchange["inDialog"]>[2],
  ): Promise<BrokerAnswer> {
    const { exchange, probe, quiet, transport } = this.#options;
    const ofTenant = this.#kindOfTenant(ask);
    if (ofTenant !== undefined) return exchange.inDialog(ask, { kind: ofTenant }, shape, windowHandle);
    // The account pane does not work for administrators. Nothing has been shown yet, so the browser may take over.
    if (probe.elevated) throw brokerUnavailable({ detail: "elevated_picker" });
    if (!probe.features.accountPicker) {
      const ofWindows = await quiet.within(ask, (ask) => kindOfWindowsAccount(transport, ask));
      return exchange.inDialog(ask, { kind: ofWindows ?? "organizations" }, shape, windowHandle);
    }
    const kind = await this.#chosenKind(ask, windowHandle);
    return exchange.inDialog(ask, { kind }, shape, windowHandle).catch((error: unknown) => {
      throw afterPane(error);
    });
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
      (account) =>
        account.username?.toLowerCase() === name.toLowerCase() &&
        (kind === undefined || account.kind === kind),
    );
    return found && { kind: found.kind, webAccountId: found.id };
  }

  /** Lets the person say, in Windows's account pane, whether the account is a personal one. */
  async #chosenKind(ask: TokenAsk, windowHandle: WindowHandle): Promise<WamAccountKind> {
    const { transport } = this.#options;
    const kinds = ["organizations", "consumers"] as const;
    const kind = await callWam(transport, ask, (operation) =>
      transport.pickProvider({ ...operation, windowHandle, kinds }),
    ).catch((error: unknown) => {
      throw transportError(error, ask, true);
    });
    if (kind === null) throw refusalError({ meaning: { kind: "cancelled" } }, { ask, interactive: true });
    return kind;
  }
}

// The person has seen the pane and chosen in it: starting over in a browser would surprise them.
function afterPane(error: unknown): unknown {
  if (!isAuthenticationError(error) || error.code !== "broker_unavailable") return error;
  return new AuthenticationError({
    code: "service",
    detail: error.detail,
    what: "Windows offered the account and then could not sign it in",
    remedy: error.hint,
    cause: error,
  });
}
