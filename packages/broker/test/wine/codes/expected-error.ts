import type { RefusalMeaning } from "../../../src/refusals/refusal-meaning.ts";

/** What an application sees of an error. */
export interface SeenError {
  readonly name: string;
  readonly code: string;
  readonly detail: string | undefined;
}

type Meant = RefusalMeaning["kind"] | Extract<RefusalMeaning, { readonly kind: "oauth" }>["word"];

const plain = (code: string, detail: string): SeenError => ({ name: "AuthenticationError", code, detail });
const needed = (detail: string): SeenError => ({
  name: "AuthenticationRequiredError",
  code: "authentication_required",
  detail,
});
const SERVICE = (detail: string): SeenError => plain("service", detail);
const ALIKE = (error: SeenError): readonly [SeenError, SeenError] => [error, error];

/** What comes of each meaning: without a dialog, and in one that was open for a second. */
const ERRORS: Readonly<Record<Exclude<Meant, "oauth" | "unavailable">, readonly [SeenError, SeenError]>> = {
  person_needed: [needed("interaction_required"), SERVICE("interaction_required")],
  // Nobody can have said no, or have taken another account, where nobody was asked.
  cancelled: [needed("interaction_required"), plain("user_cancelled", "dialog_closed")],
  cancelled_at_once: [needed("interaction_required"), plain("user_cancelled", "dialog_closed_at_once")],
  switched_without_token: [needed("interaction_required"), SERVICE("account_switched")],
  account_gone: [needed("account_not_found"), SERVICE("interaction_required")],
  no_network: ALIKE(plain("network", "no_network")),
  http_refused: ALIKE(SERVICE("http_error")),
  proxy_sign_in: ALIKE(plain("network", "proxy_refused")),
  server_busy: ALIKE(plain("network", "server_unavailable")),
  passing: ALIKE(plain("network", "broker_busy")),
  unexpected: ALIKE(SERVICE("broker_error")),
  access_denied: ALIKE(plain("access_denied", "access_denied")),
  interaction_required: [needed("interaction_required"), SERVICE("interaction_required")],
  invalid_grant: [needed("invalid_grant"), SERVICE("invalid_grant")],
  invalid_client: ALIKE(SERVICE("invalid_client")),
  invalid_request: ALIKE(SERVICE("invalid_request")),
  unauthorized_client: ALIKE(SERVICE("unauthorized_client")),
  invalid_resource: ALIKE(SERVICE("invalid_resource")),
  invalid_scope: ALIKE(SERVICE("invalid_scope")),
};

/** The error that an application gets for what Windows said. */
export function expectedError(meaning: RefusalMeaning, inDialog: boolean): SeenError {
  if (meaning.kind === "unavailable")
    return { name: "CredentialUnavailableError", code: "broker_unavailable", detail: meaning.reason };
  return ERRORS[meaning.kind === "oauth" ? meaning.word : meaning.kind][inDialog ? 1 : 0];
}
