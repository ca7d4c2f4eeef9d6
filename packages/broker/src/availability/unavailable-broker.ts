import { CredentialUnavailableError } from "@entrada/core/credential";
import type { BrokerUnavailableReason } from "./broker-unavailable-reason.ts";

/** What there is to say about a missing broker. */
export interface UnavailableBroker {
  readonly reason: BrokerUnavailableReason;
  /** What was found and what would help, when the one who found out knows better than the table. */
  readonly detail?: string | undefined;
  readonly cause?: unknown;
}

/** Whether there are words for a reason. */
export function isExplained(reason: string): boolean {
  return Object.hasOwn(EXPLANATIONS, reason);
}

/** Why there is no broker, in words for a developer. */
export function describeUnavailable({ reason, detail }: UnavailableBroker): string {
  return detail ?? `${EXPLANATIONS[reason].what}. ${EXPLANATIONS[reason].remedy}.`;
}

/** `broker_unavailable`, with the reason as `detail`: a chain of credentials goes on, a fallback takes over. */
export function brokerUnavailable({ reason, detail, cause }: UnavailableBroker): CredentialUnavailableError {
  const { what, remedy } = EXPLANATIONS[reason];
  return new CredentialUnavailableError({
    code: "broker_unavailable",
    detail: reason,
    what: detail === undefined ? what : detail.replace(/\.\s*$/, ""),
    remedy: detail === undefined ? remedy : undefined,
    cause,
  });
}

interface Explanation {
  readonly what: string;
  readonly remedy: string;
}

const BROWSER = 'Leave the option "browserFallback" at "when-unavailable" to sign in with the browser';
const INSTALL = "Install @entrada/broker and @entrada/wam again, on the machine that runs them";

const EXPLANATIONS: Readonly<Record<BrokerUnavailableReason, Explanation>> = {
  disabled: {
    what: "The environment variable ENTRADA_DISABLE_BROKER switches the broker off",
    remedy: "Remove the variable to use the broker",
  },
  macos: { what: "The Windows Web Account Manager needs Windows; this is macOS", remedy: BROWSER },
  linux: { what: "The Windows Web Account Manager needs Windows; this is Linux", remedy: BROWSER },
  wsl: {
    what: "The Windows Web Account Manager cannot be reached from the Windows Subsystem for Linux",
    remedy: "Run the application with Node.js for Windows, or sign in with the browser",
  },
  platform: { what: "The Windows Web Account Manager needs Windows", remedy: BROWSER },
  ssh: {
    what: "This is an SSH session: its dialogs would open where nobody sits",
    remedy: "Run the application on the desktop, or sign in with a device code",
  },
  addon_architecture: {
    what: "@entrada/wam has no binary for this processor",
    remedy: "Run a Node.js for x64, arm64 or ia32",
  },
  addon_missing: { what: "The binary of @entrada/wam is missing", remedy: INSTALL },
  addon_unloadable: { what: "The binary of @entrada/wam cannot be used", remedy: INSTALL },
  os_too_old: {
    what: "This Windows is too old for the Web Account Manager",
    remedy: "Use Windows 10 1703 (build 15063) or Windows Server 2019 (build 17763) or newer",
  },
  session_zero: {
    what: "This process runs in session 0, as services and scheduled tasks do, where no dialog can be shown",
    remedy: "Run it in the session of the person who signs in",
  },
  service_account: {
    what: "This process runs as a service account, which has no person to sign in",
    remedy: "Run it as the person who signs in, or use a managed identity",
  },
  no_desktop: {
    what: "This logon has no visible desktop",
    remedy: "Run the application on the desktop, or sign in with a device code",
  },
  server_core: {
    what: "This Windows Server is installed without the desktop and cannot show the dialog",
    remedy: "Sign in with a device code",
  },
  service_disabled: {
    what: 'The Windows service "Web Account Manager" (TokenBroker) is disabled',
    remedy: "Have an administrator set its start type back to manual: sc config TokenBroker start= demand",
  },
  wam_missing: { what: "This Windows does not offer the Web Account Manager", remedy: BROWSER },
  not_responding: {
    what: "The Windows Web Account Manager did not answer",
    remedy: 'Sign out of Windows and in again, or restart the service "Web Account Manager" (TokenBroker)',
  },
  no_logon_session: {
    what: "Windows knows no logon session for this process: it was started as another user, or by a task",
    remedy: "Start it in the session of the person who signs in",
  },
  provider_unavailable: {
    what: "Windows has no account provider for this authority",
    remedy: 'Check that the app "Work or school account" (Microsoft.AAD.BrokerPlugin) is there',
  },
  authority_unsupported: {
    what: "The Windows Web Account Manager serves Microsoft's own clouds only, not this authority",
    remedy: BROWSER,
  },
  elevated_picker: {
    what: 'The tenant "common" needs Windows\'s account pane, which does not work as administrator',
    remedy: 'Start without administrator rights, or set tenantId to "organizations" or "consumers"',
  },
  runtime_missing: {
    what: "Microsoft's runtime (@azure/msal-node-runtime) is not installed",
    remedy: "Install @azure/msal-node-runtime",
  },
  runtime_unloadable: {
    what: "Microsoft's runtime (@azure/msal-node-runtime) did not start",
    remedy: "Look at this error's cause",
  },
};
