/** Why the broker cannot be used here. Each has a row in docs/broker.md. */
export type BrokerUnavailableReason =
  /** The environment variable ENTRADA_DISABLE_BROKER is set. */
  | "disabled"
  /** macOS has no Web Account Manager. */
  | "macos"
  /** Linux: this session has no D-Bus, or it cannot be reached. */
  | "no_session_bus"
  /** Linux: nobody offers the sign-in broker on the session's bus. */
  | "broker_missing"
  /** Linux: the broker is installed and does not start. */
  | "broker_not_starting"
  /** Linux: the broker lacks what a sign-in needs. */
  | "broker_too_old"
  /** Linux: the bus that is found without an address, or the broker's name on it, is somebody else's. */
  | "broker_of_another_user"
  /** Linux: the bus, or the sandbox before it, does not let this process ask the broker. */
  | "bus_access_denied"
  /** Linux: there is no screen to show the broker's window on. */
  | "no_display"
  /** Linux: the broker says that this device is not enrolled. */
  | "device_not_enrolled"
  /** Linux: the broker fails at whatever it is asked, before anything could be shown. */
  | "broker_failed"
  /** Linux: its broker serves work and school accounts only. */
  | "personal_unsupported"
  /** Linux under Windows: there is no Node.js for Windows that could ask the Web Account Manager. */
  | "wsl"
  /** Linux under Windows: programs of Windows cannot be started. */
  | "wsl_no_interop"
  /** Linux under Windows: no native module for the Node.js of Windows is installed, there or here. */
  | "wsl_addon_missing"
  /** Linux under Windows: the native module that is installed in Windows is of another release than this code. */
  | "wsl_addon_of_another_release"
  /** Linux under Windows: the helper did not start in the Node.js of Windows. */
  | "wsl_helper_failed"
  /** Neither Windows nor one of the above. */
  | "platform"
  /** A session over SSH: nobody sits before the desktop. */
  | "ssh"
  /** There is no native module for this processor. */
  | "addon_architecture"
  /** The package of this processor's native module is not installed. */
  | "addon_missing"
  /** Windows or Node.js refused the native module, or it is of another release than this code. */
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
  /** A call failed before anything could be shown, whatever its number. Found out by the first request. */
  | "wam_failed"
  /** This Windows has no way to show the dialog over a program's window. */
  | "dialog_unsupported"
  /** B2C, ADFS and private clouds: the brokers serve Microsoft's own clouds only. */
  | "authority_unsupported"
  /** The tenant "common" needs Windows's account pane, which does not work as administrator. */
  | "elevated_picker"
  /** Microsoft's own runtime was asked for and is not installed. */
  | "runtime_missing"
  /** Microsoft's own runtime was asked for and did not start. */
  | "runtime_unloadable";

interface UnavailableWords {
  readonly what: string;
  readonly remedy: string;
}

const BROWSER = 'Leave the option "browserFallback" at "when-unavailable" to sign in with the browser';
const INSTALL = "On the machine that runs the program: npm install --include=optional";
const INSTALL_IN_WINDOWS = "cmd.exe /c npm install --global @entrada/broker";

/** What each reason says, and what would help: sentences without their final stop. */
export const unavailableWords = (): Readonly<Record<BrokerUnavailableReason, UnavailableWords>> => ({
  disabled: {
    what: "The environment variable ENTRADA_DISABLE_BROKER switches the broker off",
    remedy: "Remove the variable to use the broker",
  },
  macos: { what: "The Windows Web Account Manager needs Windows; this is macOS", remedy: BROWSER },
  no_session_bus: {
    what: "This session has no D-Bus that can be reached, and the Linux broker is asked over it",
    remedy: "Run the program in the session of the person's desktop, which sets DBUS_SESSION_BUS_ADDRESS",
  },
  broker_missing: {
    what: "Nobody offers the Linux broker (com.microsoft.identity.broker1) on this session's D-Bus",
    remedy: "Install Microsoft's identity broker (package microsoft-identity-broker, or intune-portal)",
  },
  broker_not_starting: {
    what: "The Linux broker is installed and does not start",
    remedy: "Look at its journal: journalctl --user -u microsoft-identity-broker",
  },
  broker_too_old: {
    what: "The Linux broker of this machine cannot do what a sign-in needs",
    remedy: "Update the package microsoft-identity-broker",
  },
  broker_of_another_user: {
    what: "This session's D-Bus, or the Linux broker's name on it, belongs to another user",
    remedy: "Run the program as the person whose session this is, not as root or another user",
  },
  bus_access_denied: {
    what: "This process may not ask the Linux broker over D-Bus",
    remedy: "In a snap or flatpak, allow the name com.microsoft.identity.broker1 on the session bus",
  },
  no_display: {
    what: "Neither DISPLAY nor WAYLAND_DISPLAY is set: nobody would see the Linux broker's window",
    remedy: "Run the program on the person's desktop, or sign in with a device code",
  },
  device_not_enrolled: {
    what: "The Linux broker says that this device is not enrolled",
    remedy: "Enrol it: open Company Portal (Microsoft Intune), sign in and follow its steps",
  },
  broker_failed: {
    what: "The Linux broker fails before it could ask anybody",
    remedy: "Look at this error's cause and at its journal: journalctl --user -u microsoft-identity-broker",
  },
  personal_unsupported: {
    what: "The Linux broker signs in work and school accounts, not personal ones",
    remedy: BROWSER,
  },
  wsl: {
    what: "From WSL the Web Account Manager is asked by a Node.js for Windows, and there is none",
    remedy: 'Install Node.js on Windows, or name its node.exe by the option "windowsNodePath"',
  },
  wsl_no_interop: {
    what: "Programs of Windows cannot be started in this WSL, and one of them asks the Web Account Manager",
    remedy: "Switch interop on in /etc/wsl.conf, or sign in with the browser",
  },
  wsl_addon_missing: {
    what: "Windows lacks the native module that asks its Web Account Manager",
    remedy: `Install it there, once: ${INSTALL_IN_WINDOWS}`,
  },
  wsl_addon_of_another_release: {
    what: "The native module in Windows is of another release than this code",
    remedy: `Update both: npm install @entrada/broker; ${INSTALL_IN_WINDOWS}`,
  },
  wsl_helper_failed: {
    what: "The Node.js of Windows did not start the helper that asks the Web Account Manager",
    remedy: "Look at this error's cause; run entrada-broker-self-test",
  },
  platform: { what: "The Windows Web Account Manager needs Windows", remedy: BROWSER },
  ssh: {
    what: "This is an SSH session: its dialogs would open where nobody sits",
    remedy: "Run the application on the desktop, or sign in with a device code",
  },
  addon_architecture: {
    what: "There is no native module for this processor",
    remedy: "Run a Node.js for x64, arm64 or ia32",
  },
  addon_missing: { what: "The native module for this Windows is not installed", remedy: INSTALL },
  addon_unloadable: { what: "The native module for this Windows cannot be used", remedy: INSTALL },
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
  wam_failed: {
    what: "The Windows Web Account Manager failed before it could show anything",
    remedy:
      'Look at this error\'s cause; sign out of Windows and in again, or restart the service "Web Account Manager" (TokenBroker)',
  },
  dialog_unsupported: {
    what: "This Windows cannot show the dialog of the Web Account Manager over a program's window",
    remedy: "Update Windows",
  },
  authority_unsupported: {
    what: "The broker serves Microsoft's own clouds only, not this authority",
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
});
