import type { BrokerUnavailableReason } from "../availability/broker-unavailable-reason.ts";

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
