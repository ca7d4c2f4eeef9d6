import type { WamAccount, WamAccountKind, WindowHandle } from "@entrada/wam";
import type { BrokerAnswer } from "./broker-answer.ts";
import type { SoughtAccount } from "./sought-account.ts";
import type { TokenAsk } from "./token-ask.ts";

/** Whose account it is, as far as the broker's own description of it tells. */
export interface AccountHome {
  readonly homeAccountId: string;
  /** False when the ids may be those of a guest: only a token's client_info is sure then. */
  readonly certain: boolean;
}

/** An account that the broker knows, in the words of Windows. */
export interface ListedAccount {
  readonly kind: WamAccountKind;
  readonly webAccount: WamAccount;
  readonly home: AccountHome | undefined;
}

/** How the person is to be asked. */
export interface DialogWish {
  readonly windowHandle: WindowHandle;
  /** Whose turn it is, where that is settled. */
  readonly account?: SoughtAccount | undefined;
  /** Sign `account` in anew, instead of asking only for what is missing. */
  readonly force?: boolean | undefined;
  /** The name to begin with, where no account is settled. */
  readonly loginHint?: string | undefined;
}

/**
 * All that the flow and the plugin ask of a broker, whichever it is. Every answer is the asked account's and tenant's, or
 * an error.
 */
export interface BrokerClient {
  /** A token for this very account, or `authentication_required`, or `account_mismatch`. Shows nothing. */
  silentFor(ask: TokenAsk, sought: SoughtAccount): Promise<BrokerAnswer>;
  /** A token for the account of the system. Only for callers that mean exactly that. */
  silentForDefault(ask: TokenAsk): Promise<BrokerAnswer>;
  /** Asks the person, in the broker's dialog. One at a time is the caller's care. */
  interactive(ask: TokenAsk, wish: DialogWish): Promise<BrokerAnswer>;
  /** What the broker says of the account with this id of its own; undefined when it has forgotten it. */
  byId(ask: TokenAsk, kind: WamAccountKind, webAccountId: string): Promise<WamAccount | undefined>;
  /** Every account that the broker shows this application. */
  list(ask: TokenAsk): Promise<readonly ListedAccount[]>;
  /**
   * Signs this application out of an account. An account that is gone is as good as signed out.
   * @param named - whether somebody asked for this very account: a broker may remove more than this application's
   */
  signOut(ask: TokenAsk, sought: SoughtAccount, named: boolean): Promise<void>;
}
