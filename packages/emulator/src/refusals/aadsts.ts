/** One refusal of Entra: its OAuth error, its HTTP status and what it says. */
export interface AadstsEntry {
  /** The OAuth `error`. */
  readonly error: string;
  readonly status: number;
  readonly suberror?: string;
  /** In this emulator's own words; `{name}` is filled in. */
  readonly text: string;
}

/**
 * The refusals this emulator gives, by AADSTS number.
 * Source: Microsoft Entra, "Microsoft Entra authentication and authorization error codes".
 */
export const aadstsTable: Readonly<Record<number, AadstsEntry>> = {
  16000: refusal(
    "interaction_required",
    "Several accounts are signed in and the request names none of them.",
  ),
  28000: refusal(
    "invalid_request",
    "The scope '{scope}' names more than one resource. Ask for one at a time.",
  ),
  50011: refusal(
    "invalid_request",
    "The redirect URI '{redirectUri}' is not registered for the application '{clientId}'. Register it, or send one that is.",
  ),
  50020: refusal(
    "invalid_grant",
    "The account '{username}' does not exist in the tenant '{tenant}' and cannot use the application '{clientId}' there. Invite it as a guest first.",
  ),
  50034: refusal("invalid_grant", "The account '{username}' does not exist in the directory."),
  50049: refusal("invalid_instance", "The authority '{instance}' is not known to instance discovery."),
  50057: refusal("invalid_grant", "The account '{username}' is disabled."),
  50058: refusal("login_required", "A silent request was sent but nobody is signed in."),
  50076: refusal(
    "interaction_required",
    "The tenant's policy asks for multifactor authentication to access '{resource}'.",
    "basic_action",
  ),
  50147: refusal("invalid_request", "The request has no code_challenge. A public client must use PKCE."),
  50148: refusal("invalid_grant", "The code_verifier is missing, though the code was asked for with PKCE."),
  50149: refusal("invalid_request", "The code_challenge_method must be S256."),
  50173: refusal(
    "invalid_grant",
    "The grant was revoked and a fresh sign-in is needed. It was issued at {issuedAt}; tokens are valid from {validFrom} on.",
    "bad_token",
  ),
  50194: refusal(
    "invalid_request",
    "The application '{clientId}' is for one tenant only: use that tenant's endpoint instead of /{alias}.",
  ),
  53000: refusal(
    "interaction_required",
    "The tenant's policy asks for a compliant device, and this one is not compliant.",
    "additional_action",
  ),
  53003: refusal(
    "interaction_required",
    "The tenant's Conditional Access blocks this sign-in.",
    "message_only",
  ),
  54005: refusal("invalid_grant", "The authorization code was redeemed before. Ask for a new one."),
  65001: refusal(
    "invalid_grant",
    "Nobody has consented to the application '{clientId}' ({name}) for '{resource}'. Ask the person interactively.",
    "consent_required",
  ),
  65004: refusal("access_denied", "The person declined to sign in to the application or to consent to it."),
  70000: refusal("invalid_grant", "The grant is not valid: {reason}."),
  70003: refusal("unsupported_grant_type", "The grant type '{grantType}' is not supported."),
  70005: refusal(
    "unsupported_response_type",
    "The response type '{responseType}' is not enabled for the application.",
  ),
  70007: refusal("invalid_request", "The response mode '{responseMode}' is not supported."),
  70008: refusal("invalid_grant", "The authorization code has expired. Ask for a new one."),
  70011: refusal("invalid_scope", "The scope '{scope}' is not valid."),
  70016: refusal("authorization_pending", "The person has not finished yet. Go on polling."),
  70017: refusal("authorization_declined", "The person declined the device's request."),
  70018: refusal("bad_verification_code", "The device code is not known."),
  70020: refusal("expired_token", "The device code has expired."),
  90002: refusal(
    "invalid_request",
    "The tenant '{tenant}' was not found. Check the tenant id and the cloud.",
  ),
  90023: refusal("invalid_request", "The value '{prompt}' of the parameter 'prompt' is not supported."),
  90055: { ...refusal("temporarily_unavailable", "There are too many requests."), status: 429 },
  500011: refusal(
    "invalid_resource",
    "The resource '{resource}' was not found in the tenant '{tenant}'. Check its application id URI and that the tenant has it.",
  ),
  500112: refusal(
    "invalid_client",
    "The redirect URI '{redirectUri}' is not the one the authorization code was asked for with.",
  ),
  500208: refusal(
    "access_denied",
    "The account '{username}' is not of a kind that may sign in to the application '{clientId}' here.",
  ),
  501481: refusal(
    "invalid_grant",
    "The code_verifier does not fit the code_challenge of the authorization request.",
  ),
  501491: refusal("invalid_request", "The code_challenge must have 43 to 128 characters."),
  530003: refusal("interaction_required", "The tenant's policy asks for a managed device.", "message_only"),
  650053: refusal(
    "invalid_client",
    "The application asked for the scope '{scope}', which the resource '{resource}' does not have.",
  ),
  700005: refusal(
    "invalid_grant",
    "The authorization code is for another tenant. Redeem it at the tenant it was asked for at.",
  ),
  700016: refusal(
    "unauthorized_client",
    "The application '{clientId}' was not found in the directory '{tenant}'. Check the client id and the tenant.",
  ),
  700025: {
    ...refusal(
      "invalid_client",
      "The client is public: it must send neither client_secret nor client_assertion.",
    ),
    status: 401,
  },
  700082: refusal(
    "invalid_grant",
    "The refresh token has expired: it was issued at {issuedAt} and not used for too long.",
    "bad_token",
  ),
  900561: refusal(
    "invalid_request",
    "The endpoint takes POST and OPTIONS requests only. This was a {method} request.",
  ),
  900144: refusal("invalid_request", "The request must contain the parameter '{name}'."),
  900023: refusal("invalid_request", "The tenant identifier '{tenant}' is neither a GUID nor a domain name."),
  7000218: {
    ...refusal(
      "invalid_client",
      "The request needs client_secret or client_assertion, since the application '{clientId}' is not a public client here. Switch on \"Allow public client flows\".",
    ),
    status: 401,
  },
  9000411: refusal("invalid_request", "The request is malformed: it has the parameter '{name}' twice."),
  9002313: refusal("invalid_request", "The request is malformed."),
  9002331: refusal(
    "invalid_request",
    "The application '{clientId}' is for personal accounts only: use the /consumers endpoint.",
  ),
  9002332: refusal(
    "invalid_request",
    "The application '{clientId}' is for work and school accounts only: do not use the /consumers endpoint.",
  ),
};

function refusal(error: string, text: string, suberror?: string): AadstsEntry {
  return { error, status: 400, text, ...(suberror === undefined ? {} : { suberror }) };
}
