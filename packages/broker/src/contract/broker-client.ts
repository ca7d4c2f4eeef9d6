import type { WamAccountKind, WamWindow, WindowHandle } from "@entrada/wam";
import type { BrokerAnswer } from "./broker-answer.ts";
import type { DialogWish } from "./dialog-wish.ts";
import type { KnownAccount } from "./known-account.ts";
import type { SoughtAccount } from "./sought-account.ts";
import type { TokenAsk } from "./token-ask.ts";

/**
 * All that the flow and the plugins ask of a broker, whichever it is. Every answer is the asked account's and tenant's,
 * or a typed error; `broker_unavailable` only as long as nothing can have been shown.
 */
export interface BrokerClient {
  /** A token for this very account, or `authentication_required`, or `account_mismatch`. Shows nothing. */
  silentFor(ask: TokenAsk, sought: SoughtAccount): Promise<BrokerAnswer>;
  /**
   * A token for the account that the system is signed in with. Only for callers that mean exactly that.
   * @param hint - the name of whom the caller means, for a broker that has no account of the system: one of its own
   */
  silentForDefault(ask: TokenAsk, hint?: string): Promise<BrokerAnswer>;
  /** Asks the person. One dialog at a time is the caller's care. */
  interactive(ask: TokenAsk, wish: DialogWish): Promise<BrokerAnswer>;
  /** The account with this id of the broker's own; undefined when it has forgotten it. */
  byId(ask: TokenAsk, kind: WamAccountKind, id: string): Promise<KnownAccount | undefined>;
  /** Every account that the broker shows this application. */
  list(ask: TokenAsk): Promise<readonly KnownAccount[]>;
  /**
   * Signs this application out of an account. An account that is gone is as good as signed out.
   * @param named - whether somebody asked for this very account: a broker may remove more than this application's
   */
  signOut(ask: TokenAsk, sought: SoughtAccount, named: boolean): Promise<void>;
  /** The window that a dialog would belong to, without looking for anything else. @throws for what is no handle */
  resolveWindowHandle(handle: WindowHandle): WamWindow;
}
