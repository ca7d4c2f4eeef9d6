import type { AuthenticationErrorCode } from "@entrada/core";
import type { RefusalKind } from "./refusal-meaning.ts";

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
    remedy: "Try again; look at the clock, the VPN and the proxy settings of Windows, which the broker uses",
    retryable: true,
  },
  http_refused: {
    code: "service",
    detail: "http_error",
    what: "The authority, or what stands before it, refused Windows's request",
    remedy: "Look at the VPN and the proxy settings of Windows, which the broker uses",
  },
  proxy_sign_in: {
    code: "network",
    detail: "proxy_refused",
    what: "The proxy wants a sign-in that Windows did not give",
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
