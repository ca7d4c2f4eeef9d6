/** Why WAM cannot be used in this process. */
export type WamUnavailableReason =
  /** Windows 10 before 1703 (build 15063), or a server before 2019 (build 17763). */
  | "os_too_old"
  /** Session 0: a service, a scheduled task without a person, or a remote shell. */
  | "session_zero"
  /** SYSTEM, LOCAL SERVICE or NETWORK SERVICE: there is no person to sign in. */
  | "service_account"
  /** A logon without a visible desktop. */
  | "no_desktop"
  /** The service "Web Account Manager" (TokenBroker) is disabled. */
  | "service_disabled"
  /** Windows does not offer the WebAuthenticationCoreManager class; `hresult` says how it refused. */
  | "wam_missing"
  /** Windows did not answer within two seconds. */
  | "not_responding";

/** Facts about this process and this Windows, gathered without any UI and without a WAM request. */
export interface WamProbe {
  readonly available: boolean;
  /** Set when `available` is false: the first obstacle found, in the order of {@link WamUnavailableReason}. */
  readonly reason?: WamUnavailableReason;
  /** What Windows answered when it refused the class; unsigned. */
  readonly hresult?: number;
  /** The true build number, for example 22631, whatever the compatibility settings say. */
  readonly build: number;
  readonly productType: "workstation" | "server" | "domain_controller";
  /** A server installed without the desktop: a dialog cannot be shown. */
  readonly serverCore: boolean;
  readonly sessionId: number;
  /** Running as administrator: the account picker does not work, token requests do. */
  readonly elevated: boolean;
  readonly features: {
    /** {@link WamTransport.listAccounts} works (Windows 10 1803). */
    readonly listAccounts: boolean;
    /** Requests of mode `window` work. */
    readonly window: boolean;
    /** Correlation ids are sent (Windows 10 1703). */
    readonly correlationId: boolean;
    /** {@link WamTransport.pickProvider} works. */
    readonly accountPicker: boolean;
  };
}
