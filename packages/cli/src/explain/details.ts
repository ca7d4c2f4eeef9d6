import type { AuthenticationErrorCode } from "@entrada/core";

// The stable words under each code, as docs/errors.md has them.
const DETAILS = `
authentication_required: no_account account_not_found interaction_required login_required consent_required account_selection_required default_account_refused default_account_differs signed_out account_without_native_id no_account_found interaction_disabled invalid_grant bad_token token_expired
user_cancelled: cancel input_ended dialog_closed dialog_closed_at_once prompt_cooldown
timeout: interactive_timeout request_timeout broker_silent_timeout prompt_cooldown
browser_unavailable: no_browser browser_failed no_paste listener_failed
broker_unavailable: disabled macos platform wsl wsl_no_interop wsl_helper_failed wsl_addon_missing wsl_addon_of_another_release no_session_bus broker_missing broker_not_starting broker_too_old broker_failed personal_unsupported broker_of_another_user bus_access_denied no_display device_not_enrolled ssh addon_architecture addon_missing addon_unloadable os_too_old session_zero service_account no_desktop server_core no_logon_session service_disabled wam_missing not_responding provider_unavailable wam_failed dialog_unsupported authority_unsupported elevated_picker runtime_missing runtime_unloadable
access_denied: prompt_cooldown
device_code_expired: prompt_cooldown
account_mismatch: tenant_mismatch account_recreated
network: connect_failed connect_timeout connection_lost permission_denied tls_failed proxy_refused proxy_invalid throttled server_error temporarily_unavailable no_network server_unavailable broker_busy
service: invalid_request invalid_client invalid_scope invalid_resource unauthorized_client invalid_grant issuer_mismatch response_mode_mismatch invalid_instance account_switched http_error broker_error broker_ended application_cancelled broker_sign_in_failed broker_needs_account invalid_configuration
invalid_response: not_json not_an_object unexpected_status unexpected_redirect response_too_large malformed_response issuer_mismatch endpoint_not_allowed id_token id_token_invalid access_token token_type expires_in refresh_in refresh_token client_info scope error resource_metadata device_code user_code verification_uri clock_skew broker_invalid_response no_answer
cache: cache_no_encryption cache_not_regular cache_version cache_locked cache_corrupt cache_unreadable cache_unwritable
unsupported: proof_of_possession resource_not_trusted msal_node_missing disposed nobody_can_be_asked ci session_zero service_account no_terminal journal not_shown
`;

/** The codes under which an error may have this detail. */
export function codesOfDetail(detail: string): readonly AuthenticationErrorCode[] {
  return [...detailsOfCodes()].flatMap(([code, details]) => (details.includes(detail) ? [code] : []));
}

/** Every code that has details, and these. */
export function detailsOfCodes(): ReadonlyMap<AuthenticationErrorCode, readonly string[]> {
  const lines = DETAILS.trim().split("\n");
  return new Map(
    lines.map((line) => {
      const [code = "", details = ""] = line.split(": ");
      return [code as AuthenticationErrorCode, details.split(" ")];
    }),
  );
}
