import type { AuthenticationErrorCode } from "@entrada/core";
import { WamRequestStatus, type WamErrorCode } from "@entrada/wam";
import type { BrokerUnavailableReason } from "../availability/broker-unavailable-reason.ts";
import { WINDOWS_CODES } from "./windows-codes.ts";

/** What a refusal means for whoever asked. */
export type RefusalMeaning =
  /** The person must act, whatever the number says. */
  | { readonly kind: "person_needed" }
  /** The broker cannot be used here: the only meaning that lets the browser take over. */
  | { readonly kind: "unavailable"; readonly reason: BrokerUnavailableReason }
  /** An OAuth error of the authority, in OAuth's word. */
  | { readonly kind: "oauth"; readonly word: OAuthWord }
  | { readonly kind: RefusalKind };

/** Those with words of their own: see `REFUSAL_WORDS`. */
export type RefusalKind =
  /** The person closed the dialog. */
  | "cancelled"
  /** The same, sooner than anybody can read a dialog. */
  | "cancelled_at_once"
  /** The person took another account in the dialog, and the status for that came alone. */
  | "switched_without_token"
  | "account_gone"
  | "no_network"
  /** An HTTP status that no other try would change. */
  | "http_refused"
  | "proxy_sign_in"
  | "server_busy"
  /** A hiccup of Windows's own background task: the same request may work in a second. */
  | "passing"
  | "unexpected";

export interface RefusalWords {
  readonly code: AuthenticationErrorCode;
  readonly detail: string;
  readonly what: string;
  readonly remedy: string;
  readonly retryable?: true;
}

/** The start of every sentence about a token that did not come. */
export const NO_TOKEN: string = "Windows gave no token";

/** The sentences; those of a missing broker stand with its reasons, those of an OAuth error are the authority's. */
export const REFUSAL_WORDS: Readonly<Record<RefusalKind, RefusalWords>> = {
  cancelled: {
    code: "user_cancelled",
    detail: "dialog_closed",
    what: "The person closed Windows's sign-in dialog",
    remedy:
      "Call authenticate() to ask again; if nobody saw the dialog, set ENTRADA_DISABLE_BROKER=1 to sign in with the browser",
  },
  cancelled_at_once: {
    code: "user_cancelled",
    detail: "dialog_closed_at_once",
    what: "Windows's sign-in dialog ended before anybody can have read it",
    remedy:
      "Call authenticate() to ask again; if no dialog can be seen here, set ENTRADA_DISABLE_BROKER=1 to sign in with the browser",
  },
  switched_without_token: {
    code: "service",
    detail: "account_switched",
    what: "The person took another account in Windows's dialog, and no token came with it",
    remedy: "Call authenticate() to ask again",
  },
  account_gone: {
    code: "authentication_required",
    detail: "account_not_found",
    what: "Windows no longer knows the account",
    remedy: "Call authenticate() to sign in",
  },
  no_network: {
    code: "network",
    detail: "no_network",
    what: "Windows cannot reach the authority",
    remedy: "Try again; look at the VPN and the proxy settings of Windows, which the broker uses",
    retryable: true,
  },
  http_refused: {
    code: "service",
    detail: "http_error",
    what: "The authority, or what stands before it, refused Windows's request with an HTTP status",
    remedy:
      "Look at the last digits of the number: 0194 is 404; look at the VPN and the proxy settings of Windows, which the broker uses",
  },
  proxy_sign_in: {
    code: "network",
    detail: "proxy_refused",
    what: "The proxy wants a sign-in that Windows did not give (HTTP 407)",
    remedy: "Look at the proxy settings of Windows, which the broker uses, and sign in to the proxy",
    retryable: true,
  },
  server_busy: {
    code: "network",
    detail: "server_unavailable",
    what: NO_TOKEN,
    remedy: "Try again in a moment",
    retryable: true,
  },
  passing: {
    code: "network",
    detail: "broker_busy",
    what: NO_TOKEN,
    remedy: "Try again in a moment",
    retryable: true,
  },
  unexpected: {
    code: "service",
    detail: "broker_error",
    what: NO_TOKEN,
    remedy: "Look the number up in Microsoft's documentation of WAM errors, or sign in with the browser",
  },
};

/** Who can mend each of the OAuth errors that WAM carries. */
export const MENDED_BY = {
  access_denied: "person",
  interaction_required: "person",
  invalid_grant: "person",
  /** Whoever registers the application: most of these come from a missing redirect URI. */
  invalid_client: "registration",
  invalid_request: "registration",
  unauthorized_client: "registration",
  /** Whoever writes the application. */
  invalid_resource: "developer",
  invalid_scope: "developer",
} as const;
export type OAuthWord = keyof typeof MENDED_BY;

const PERSON: RefusalMeaning = { kind: "person_needed" };
const CANCELLED: RefusalMeaning = { kind: "cancelled" };
const GONE: RefusalMeaning = { kind: "account_gone" };
export const NO_NETWORK: RefusalMeaning = { kind: "no_network" };
export const BUSY: RefusalMeaning = { kind: "server_busy" };
const PASSING: RefusalMeaning = { kind: "passing" };
const oauth = (word: OAuthWord): RefusalMeaning => ({ kind: "oauth", word });
const unavailable = (reason: BrokerUnavailableReason): RefusalMeaning => ({ kind: "unavailable", reason });

/** What a `WebTokenRequestStatus` means. `providerError` says nothing by itself: its code does. */
export const STATUS_MEANINGS: ReadonlyMap<number, RefusalMeaning> = new Map<number, RefusalMeaning>([
  [WamRequestStatus.userCancel, CANCELLED],
  [WamRequestStatus.accountSwitch, { kind: "switched_without_token" }],
  [WamRequestStatus.userInteractionRequired, PERSON],
  [WamRequestStatus.accountProviderNotAvailable, unavailable("provider_unavailable")],
]);

/** What a call that failed before WAM had a status means. `WAM_HRESULT` says nothing by itself: its code does. */
export const CALL_MEANINGS: ReadonlyMap<WamErrorCode, RefusalMeaning> = new Map([
  ["WAM_PROVIDER_NOT_FOUND", unavailable("provider_unavailable")],
  ["WAM_ACCOUNT_NOT_FOUND", GONE],
]);

/**
 * What an HRESULT means, unsigned, wherever it came from.
 *
 * Sources: "Troubleshoot Microsoft Entra hybrid joined devices" (0xCAA…), "WAM errors" of MSAL.NET's documentation,
 * winerror.h, and what Microsoft's own client was seen to make of each code.
 */
export const CODE_MEANINGS: ReadonlyMap<number, RefusalMeaning> = new Map([
  // The account is known, but no token can be had without its person: "No, sign in to this app only".
  [0xcaa10001, PERSON],
  [0xcaa10006, oauth("invalid_client")],
  [0xcaa20001, oauth("unauthorized_client")],
  [WINDOWS_CODES.invalidRequest, oauth("invalid_request")],
  [0xcaa20003, oauth("invalid_grant")],
  [0xcaa20004, oauth("access_denied")],
  [0xcaa20005, BUSY],
  [0xcaa20007, oauth("invalid_scope")],
  [WINDOWS_CODES.serverUnavailable, BUSY],
  [0xcaa20009, oauth("invalid_client")],
  [0xcaa2000b, oauth("invalid_resource")],
  [0xcaa2000c, oauth("interaction_required")],
  [0xcaab0002, CANCELLED],
  [0xcaab0003, unavailable("provider_unavailable")],
  [0x80080300, PASSING],
  // The key of the device or its TPM: signing in anew may repair it.
  [0x80090016, PERSON],
  [0x80090030, PERSON],
  // No credentials in the security package.
  [0x8009030e, PERSON],
  [0x80284001, PERSON],
  [0x8028008b, PERSON],
  // Personal accounts: the password is asked for again.
  ...[5, 6, 7, 8, 9, 10, 11, 12].map((low): [number, RefusalMeaning] => [0x80860000 + low, PERSON]),
  [0x800704c7, CANCELLED],
  [WINDOWS_CODES.networkUnreachable, NO_NETWORK],
  [0x80070422, unavailable("service_disabled")],
  [0x80070424, unavailable("service_disabled")],
  [0x80070520, unavailable("no_logon_session")],
  // The account does not exist.
  [0x80070525, GONE],
  [0x80040154, unavailable("wam_missing")],
  // The service was just starting or stopping: RPC_S_SERVER_UNAVAILABLE, RPC_S_SERVER_TOO_BUSY, RPC_S_CALL_FAILED.
  [0x800706ba, PASSING],
  [0x800706bb, PASSING],
  [0x800706be, PASSING],
]);

/** What the upper half of a code without a row means, where its lower half does not matter. */
export const FACILITY_MEANINGS: ReadonlyMap<number, RefusalMeaning> = new Map([[0xcaad, PASSING]]);

/** Win32's numbers for a network that fails, from the first to the last of a row: winerror.h, WinSock2.h, wininet.h. */
export const NETWORK_ERRORS: readonly (readonly [number, number])[] = [
  [51, 54],
  [59, 59],
  [64, 64],
  [121, 121],
  [1222, 1222],
  [1225, 1225],
  [1231, 1236],
  [10_050, 10_065],
  [11_001, 11_004],
  [12_001, 12_175],
];
