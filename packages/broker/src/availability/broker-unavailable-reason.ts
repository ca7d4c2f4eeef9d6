/** Why the broker cannot be used here. Each has a row in docs/broker.md. */
export type BrokerUnavailableReason =
  /** The environment variable ENTRADA_DISABLE_BROKER is set. */
  | "disabled"
  /** macOS has no Web Account Manager. */
  | "macos"
  /** Linux has no Web Account Manager. */
  | "linux"
  /** Linux under Windows: the Web Account Manager of the Windows outside cannot be reached. */
  | "wsl"
  /** Neither Windows nor one of the above. */
  | "platform"
  /** A session over SSH: nobody sits before the desktop. */
  | "ssh"
  /** `@entrada/wam` has no binary for this processor. */
  | "addon_architecture"
  /** `@entrada/wam` is there without its binary. */
  | "addon_missing"
  /** Windows or Node.js refused the binary of `@entrada/wam`. */
  | "addon_unloadable"
  /** Windows 10 before 1703, or a server before 2019. */
  | "os_too_old"
  /** Session 0: a service, a scheduled task or a remote shell. */
  | "session_zero"
  /** SYSTEM, LOCAL SERVICE or NETWORK SERVICE. */
  | "service_account"
  /** A logon without a visible desktop. */
  | "no_desktop"
  /** A server without the desktop: it cannot show the dialog. */
  | "server_core"
  /** The Windows service "Web Account Manager" (TokenBroker) is disabled. */
  | "service_disabled"
  /** This Windows does not offer the Web Account Manager. */
  | "wam_missing"
  /** The Web Account Manager did not answer when it was looked for. */
  | "not_responding"
  /** Run as another user, or in a session that Windows no longer knows. Found out by the first request. */
  | "no_logon_session"
  /** Windows has no account provider for the authority. Found out by the first request. */
  | "provider_unavailable"
  /** B2C, ADFS and private clouds: the Web Account Manager serves Microsoft's own clouds only. */
  | "authority_unsupported"
  /** The tenant "common" needs Windows's account pane, which does not work as administrator. */
  | "elevated_picker"
  /** Microsoft's own runtime was asked for and is not installed. */
  | "runtime_missing"
  /** Microsoft's own runtime was asked for and did not start. */
  | "runtime_unloadable";
