import type { BrokerUnavailableReason } from "../availability/broker-unavailable-reason.ts";
import type { RefusalWords } from "../refusals/refusal-words.ts";

/** What a refusal of the Linux broker means for whoever asked. */
export type LinuxMeaning =
  | { readonly kind: "person_needed" }
  /** No answer as there should be one. */
  | { readonly kind: "malformed" }
  | { readonly kind: "unavailable"; readonly reason: BrokerUnavailableReason }
  | { readonly kind: LinuxRefusalKind };

export type LinuxRefusalKind =
  /** The person closed the window. */
  | "cancelled"
  /** The same, sooner than anybody can read a window. */
  | "cancelled_at_once"
  | "application_cancelled"
  | "account_gone"
  | "account_switched"
  /** Himmelblau: no sign-in without an account that it lists. */
  | "account_needed"
  | "no_network"
  | "server_busy"
  | "contract"
  | "configuration"
  | "device_not_enrolled"
  /** Himmelblau: a wrong password and a closed window look the same. */
  | "sign_in_failed"
  /** Himmelblau: what works behind its broker is not there. */
  | "daemon_down"
  /** The broker ended during the call. */
  | "ended"
  | "unexpected";

/** The start of every sentence about a token that did not come. */
export const NO_TOKEN = "The Linux broker gave no token";

const REGISTER =
  'Look at the app registration: under "Mobile and desktop applications" it needs the redirect URI https://login.microsoftonline.com/common/oauth2/nativeclient';

export const LINUX_WORDS: Readonly<Record<LinuxRefusalKind, RefusalWords>> = {
  cancelled: {
    code: "user_cancelled",
    detail: "dialog_closed",
    what: "The person closed the broker's sign-in window",
    remedy:
      "Call authenticate() to ask again; if nobody saw the window, set ENTRADA_DISABLE_BROKER=1 to sign in with the browser",
  },
  cancelled_at_once: {
    code: "user_cancelled",
    detail: "dialog_closed_at_once",
    what: "The broker's sign-in window ended before anybody can have read it",
    remedy:
      "Call authenticate() to ask again; if no window can be seen here, set ENTRADA_DISABLE_BROKER=1 to sign in with the browser",
  },
  application_cancelled: {
    code: "service",
    detail: "application_cancelled",
    what: "The broker's sign-in window was closed by a program, not by its person",
    remedy: "Call authenticate() to ask again",
  },
  account_gone: {
    code: "authentication_required",
    detail: "account_not_found",
    what: "The Linux broker does not know the account for this application",
    remedy: "Call authenticate() to sign in",
  },
  account_switched: {
    code: "account_mismatch",
    detail: "account_mismatch",
    what: "The Linux broker answered for another account than the one that was asked for",
    remedy: "Sign in again with the expected account",
  },
  account_needed: {
    code: "service",
    detail: "broker_needs_account",
    what: "This broker signs in the accounts that it lists, and no other",
    remedy: "Name the account: loginHint, or an authentication record",
  },
  no_network: {
    code: "network",
    detail: "no_network",
    what: "The Linux broker cannot reach the authority",
    remedy: "Try again; look at the VPN and the proxy settings of the session",
    retryable: true,
  },
  server_busy: {
    code: "network",
    detail: "server_unavailable",
    what: NO_TOKEN,
    remedy: "Try again in a moment",
    retryable: true,
  },
  contract: {
    code: "service",
    detail: "invalid_request",
    what: "The Linux broker did not take the request as it was",
    remedy: REGISTER,
  },
  configuration: {
    code: "service",
    detail: "invalid_configuration",
    what: "The Linux broker says that the application is configured wrongly for it",
    remedy: REGISTER,
  },
  device_not_enrolled: {
    code: "conditional_access",
    detail: "device_not_enrolled",
    what: "A policy asks for a managed device, and this device is not enrolled",
    remedy: "Enrol it: open Company Portal (Microsoft Intune), sign in and follow its steps",
  },
  sign_in_failed: {
    code: "service",
    detail: "broker_sign_in_failed",
    what: "The sign-in failed, or its window was closed: this broker does not tell which",
    remedy: "Call authenticate() to ask again",
  },
  daemon_down: {
    code: "network",
    detail: "broker_busy",
    what: "What works behind the Linux broker does not answer",
    remedy: "Try again in a moment; look whether its daemon (himmelblaud) runs",
    retryable: true,
  },
  ended: {
    code: "service",
    detail: "broker_ended",
    what: "The Linux broker ended before it had answered",
    remedy: "Try again; if it stays, look at its journal: journalctl --user -u microsoft-identity-broker",
  },
  unexpected: {
    code: "service",
    detail: "broker_error",
    what: NO_TOKEN,
    remedy: "Try again; if it stays, sign in with the browser and report the tag to your administrator",
  },
};

interface StatusMeanings {
  /** Where nothing was shown: nobody can have closed anything. */
  readonly silent: LinuxMeaning;
  readonly inWindow: LinuxMeaning;
}

const always = (kind: LinuxRefusalKind | "person_needed"): StatusMeanings => ({
  silent: { kind },
  inWindow: { kind },
});

/** What the number `status` of an error means. Whether a broker up to 2.0.1 uses the same numbers is not known. */
export const STATUS_MEANINGS: ReadonlyMap<number, StatusMeanings> = new Map([
  [0, always("unexpected")],
  [2, always("person_needed")],
  [3, always("no_network")],
  [4, always("no_network")],
  [5, always("server_busy")],
  [6, always("contract")],
  [7, { silent: { kind: "person_needed" }, inWindow: { kind: "cancelled" } }],
  [8, { silent: { kind: "person_needed" }, inWindow: { kind: "application_cancelled" } }],
  [9, always("configuration")],
  [11, always("configuration")],
  [12, always("account_switched")],
  [13, always("person_needed")],
  [16, always("account_gone")],
]);

/** The same numbers by the names that Microsoft's runtime has for them, in lower case. */
export const STATUS_NUMBERS: ReadonlyMap<string, number> = new Map([
  ["unexpected", 0],
  ["interactionrequired", 2],
  ["nonetwork", 3],
  ["networktemporarilyunavailable", 4],
  ["servertemporarilyunavailable", 5],
  ["apicontractviolation", 6],
  ["usercanceled", 7],
  ["applicationcanceled", 8],
  ["incorrectconfiguration", 9],
  ["authorityuntrusted", 11],
  ["userswitch", 12],
  ["userswitched", 12],
  ["accountunusable", 13],
  ["accountnotfound", 16],
]);

/** What may lead to the browser while nothing has been shown and nobody has been served. */
export const MAY_BE_THE_BROKER: ReadonlySet<LinuxMeaning["kind"]> = new Set(["unexpected", "configuration"]);

/** The authority's numbers for a device that is not managed, as Conditional Access demands it. */
export const NOT_ENROLLED: ReadonlySet<number> = new Set([53000, 53003, 530003, 50097]);
