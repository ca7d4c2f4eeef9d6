import type { WamAccount, WamAccountKind } from "./wam-account.ts";
import type { WamProbe } from "./wam-probe.ts";
import type { WamProviderError, WamRequest, WamRequestResult } from "./wam-request.ts";
import type { WamWindow, WindowHandle } from "./window-handle.ts";

/** `FindAllWebAccountsStatus`, as WAM numbers it. */
export const WamListStatus = {
  success: 0,
  notAllowedByProvider: 1,
  notSupportedByProvider: 2,
  providerError: 3,
} as const;

/** What every operation has: a name to cancel it by. */
export interface WamOperation {
  /** A whole number up to 2^32-1 that no pending operation has. */
  readonly operationId: number;
  /** Nobody waits for the answer: while it is pending, the process may end. @defaultValue `false` */
  readonly background?: boolean;
}

/** An operation that talks to one provider. */
export interface WamProviderOperation extends WamOperation {
  /** @defaultValue `https://login.microsoft.com` */
  readonly providerId?: string;
  /** As in {@link WamRequest.providerAuthority}. */
  readonly providerAuthority: string;
}

export interface WamListAccounts extends WamProviderOperation {
  readonly clientId: string;
}

export interface WamFindAccount extends WamProviderOperation {
  readonly webAccountId: string;
}

export interface WamSignOut extends WamFindAccount {
  readonly clientId: string;
}

export interface WamPickProvider extends WamOperation {
  /** The owner of the dialog. @defaultValue `"console"` */
  readonly windowHandle?: WindowHandle;
  /** The rows to offer, in this order; at least one. */
  readonly kinds: readonly WamAccountKind[];
}

export interface WamListResult {
  /** One of {@link WamListStatus}; a newer Windows may answer with a number that is not listed there. */
  readonly status: number;
  readonly error?: WamProviderError;
  readonly accounts: readonly WamAccount[];
}

/**
 * The Windows Web Account Manager, one method per thing it can do, without any policy: what to ask for, when to ask
 * again and what an answer means is the caller's.
 *
 * Every promise rejects with a {@link WamError} when Windows fails and with a `TypeError` when an argument is not what
 * its type says. Nothing blocks the event loop except {@link probe}, for two seconds at most. A pending operation
 * keeps the process alive, unless it is one in the background; a cancelled one does not.
 */
export interface WamTransport {
  probe(): WamProbe;

  /** The kind of the account that Windows itself is signed in with; null when there is none. */
  defaultAccountKind(operation: WamOperation): Promise<WamAccountKind | null>;

  request(request: WamRequest): Promise<WamRequestResult>;

  listAccounts(operation: WamListAccounts): Promise<WamListResult>;

  /** Null when WAM no longer knows the account. */
  findAccount(operation: WamFindAccount): Promise<WamAccount | null>;

  /** True when the account was there and this client is now signed out of it; false when WAM does not know it. */
  signOut(operation: WamSignOut): Promise<boolean>;

  /** Lets the person choose a kind of account in Windows's own pane; null when they close it. Not for elevated processes. */
  pickProvider(operation: WamPickProvider): Promise<WamAccountKind | null>;

  /**
   * Rejects the operation's promise at once with `WAM_CANCELLED` and asks WAM to stop. WAM may still show its dialog
   * for a while; whatever it answers is dropped. False when no such operation is pending.
   */
  cancel(operationId: number): boolean;

  /**
   * The window that a request with this handle would use. A handle that no longer names a window counts as none.
   *
   * @throws TypeError as {@link windowHandleValue}.
   */
  resolveWindowHandle(handle?: WindowHandle): WamWindow;
}
