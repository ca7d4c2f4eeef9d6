import type { WamAccount, WamAccountKind } from "./wam-account.ts";
import type { WamErrorCode } from "./wam-error.ts";
import type { WamProbe } from "./wam-probe.ts";
import type { WamRequest, WamRequestResult } from "./wam-request.ts";
import type {
  WamFindAccount,
  WamListAccounts,
  WamListResult,
  WamOperation,
  WamPickProvider,
  WamSignOut,
} from "./wam-transport.ts";
import type { WamWindow } from "./window-handle.ts";

/** The same, with every handle already a number: what crosses into C++. */
export type Native<T> = Omit<T, "windowHandle"> & { readonly windowHandle: bigint };

/**
 * The number of what stands between this code and the native module, which are installed apart and may be of two
 * releases. One more with each change of {@link WamAddon} that either would not understand of the other: here and in
 * cpp/addon.cc, which a test compares.
 */
export const ADDON_INTERFACE = 1;

/** The functions that the native module exports. Handles are plain numbers there, 0n for none of the caller's own. */
export interface WamAddon {
  /** Another number than {@link ADDON_INTERFACE} is another release's. */
  readonly interface: number;
  probe(): WamProbe;
  defaultAccountKind(operation: WamOperation): Promise<WamAccountKind | null>;
  request(request: Native<WamRequest>): Promise<WamRequestResult>;
  listAccounts(operation: WamListAccounts): Promise<WamListResult>;
  findAccount(operation: WamFindAccount): Promise<WamAccount | null>;
  signOut(operation: WamSignOut): Promise<boolean>;
  pickProvider(operation: Native<WamPickProvider>): Promise<WamAccountKind | null>;
  cancel(operationId: number): boolean;
  resolveWindow(handle: bigint): WamWindow;
}

/** What the native module rejects with, apart from a TypeError. */
export interface WamAddonError extends Error {
  readonly code: WamErrorCode;
  readonly step: string;
  readonly hresult?: number;
}
