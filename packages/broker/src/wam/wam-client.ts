import { AuthenticationRequiredError } from "@entrada/core/credential";
import type { Clock } from "@entrada/core/flow";
import type { WamAccountKind, WamProbe, WamTransport, WamWindow, WindowHandle } from "@entrada/wam";
import { brokerUnavailable } from "../availability/unavailable-broker.ts";
import { REFUSAL_WORDS } from "../refusals/refusal-words.ts";
import { AccountFinder } from "./account-finder.ts";
import type { BrokerClient } from "../contract/broker-client.ts";
import type { DialogWish } from "../contract/dialog-wish.ts";
import type { KnownAccount } from "../contract/known-account.ts";
import type { SoughtAccount } from "../contract/sought-account.ts";
import { kindOfTenant } from "../contract/account-kind.ts";
import type { BrokerAnswer } from "../contract/broker-answer.ts";
import { callWam } from "./call-wam.ts";
import { checkWhose, isSameAccount } from "../contract/check-whose.ts";
import { kindOfWindowsAccount } from "./kind-of-windows-account.ts";
import { QuietTime } from "./quiet-time.ts";
import type { TokenAsk } from "../contract/token-ask.ts";
import { isUnexplainedCall, transportError } from "../refusals/transport-error.ts";
import { WamDialog } from "./wam-dialog.ts";
import { WamExchange, type WamTarget } from "./wam-exchange.ts";
import { WamSender } from "./wam-sender.ts";

export interface WamClientOptions {
  readonly transport: WamTransport;
  readonly probe: WamProbe;
  readonly clock: Clock;
  /** The longest wait for anything that shows nothing, in ms. */
  readonly silentTimeoutInMs: number;
  /** Whether personal accounts are carried over to Entra ID: Microsoft's own applications only. */
  readonly msaPassthrough: boolean;
  /** Whether the caller has another way where the broker is unavailable. */
  readonly hasFallback: boolean;
}

/** The Windows Web Account Manager as a broker. */
export class WamClient implements BrokerClient {
  readonly #options: WamClientOptions;
  readonly #accounts: AccountFinder;
  readonly #exchange: WamExchange;
  readonly #dialog: WamDialog;
  readonly #quiet: QuietTime;
  /** Whether Windows has given a token: then a call that fails is that call's failure, not that of the broker. */
  #served = false;

  constructor(options: WamClientOptions) {
    const { transport, clock, silentTimeoutInMs } = options;
    this.#options = options;
    this.#accounts = new AccountFinder(options);
    this.#quiet = new QuietTime(clock, silentTimeoutInMs);
    const quiet = this.#quiet;
    this.#exchange = new WamExchange({ ...options, quiet, sender: new WamSender(transport, clock) });
    const parts = { accounts: this.#accounts, exchange: this.#exchange, quiet };
    this.#dialog = new WamDialog({ ...options, ...parts });
  }

  silentFor(ask: TokenAsk, sought: SoughtAccount): Promise<BrokerAnswer> {
    return this.#quiet.within(ask, async (ask) => {
      const { kind, webAccountId, listed } = await this.#accounts.find(ask, sought);
      if (webAccountId !== undefined) {
        const answer = await this.#silently(ask, { kind, webAccountId });
        return checkWhose(answer, { ask, account: sought });
      }
      // Personal accounts are not listed. If Windows's own is one, it may be the one we look for.
      const unlisted = !listed && (await kindOfWindowsAccount(this.#options.transport, ask)) === kind;
      if (!unlisted) throw accountNotFound(ask);
      const answer = await this.#silently(ask, { kind });
      if (!isSameAccount(answer, sought)) throw accountNotFound(ask);
      return checkWhose(answer, { ask });
    });
  }

  silentForDefault(ask: TokenAsk): Promise<BrokerAnswer> {
    return this.#quiet.within(ask, async (ask) => {
      const { transport, msaPassthrough } = this.#options;
      const ofTenant = msaPassthrough ? undefined : kindOfTenant(ask.tenantId);
      const kind = ofTenant ?? (await kindOfWindowsAccount(transport, ask)) ?? "organizations";
      return checkWhose(await this.#exchange.silently(ask, { kind }), { ask });
    });
  }

  async interactive(ask: TokenAsk, wish: DialogWish): Promise<BrokerAnswer> {
    const { account, explicit } = wish;
    const answer = await this.#dialog.ask(ask, wish);
    this.#served = true;
    return checkWhose(answer, { ask, account, explicit });
  }

  byId(ask: TokenAsk, kind: WamAccountKind, webAccountId: string): Promise<KnownAccount | undefined> {
    return this.#quiet.within(ask, (ask) => this.#accounts.byId(ask, kind, webAccountId));
  }

  list(ask: TokenAsk): Promise<readonly KnownAccount[]> {
    return this.#quiet.within(ask, async (ask) => {
      const listed = await this.#accounts.list(ask);
      return Promise.all(listed.map((account) => this.#withHome(ask, account)));
    });
  }

  signOut(ask: TokenAsk, sought: SoughtAccount): Promise<void> {
    return this.#quiet.within(ask, async (ask) => {
      const { kind, webAccountId } = await this.#accounts.find(ask, sought);
      if (webAccountId === undefined) return;
      const { transport } = this.#options;
      const { clientId, tenantId } = ask;
      // Unlike for a token request, Microsoft's own client names only the tenant here.
      const providerAuthority = kind === "consumers" ? kind : tenantId;
      await callWam(transport, ask, (operation) =>
        transport.signOut({ ...operation, providerAuthority, webAccountId, clientId }),
      ).catch((error: unknown) => {
        throw transportError(error, ask);
      });
    });
  }

  resolveWindowHandle(handle: WindowHandle): WamWindow {
    return this.#options.transport.resolveWindowHandle(handle);
  }

  /** A call that fails for no known reason, before anything was shown, at a broker that has never served. */
  async #silently(ask: TokenAsk, target: WamTarget): Promise<BrokerAnswer> {
    try {
      const answer = await this.#exchange.silently(ask, target);
      this.#served = true;
      return answer;
    } catch (error) {
      if (this.#served || !isUnexplainedCall(error)) throw error;
      throw brokerUnavailable({ detail: "wam_failed", cause: error.cause });
    }
  }

  /** A guest's ids are not those of the home account: only a token's client_info tells. */
  async #withHome(ask: TokenAsk, account: KnownAccount): Promise<KnownAccount> {
    const { home, id, kind } = account;
    if (!home || home.certain) return account;
    try {
      const target = { kind, webAccountId: id };
      const { homeAccountId } = await this.#exchange.silently({ ...ask, scopes: [] }, target);
      return { ...account, home: { homeAccountId, certain: true } };
    } catch {
      return account; // its person must act before it can be used; then the answer tells
    }
  }
}

function accountNotFound({ scopes, claims, correlationId }: TokenAsk): AuthenticationRequiredError {
  return new AuthenticationRequiredError({
    ...REFUSAL_WORDS.account_gone,
    what: "Windows does not know the account for this application",
    scopes,
    claims,
    correlationId,
  });
}
