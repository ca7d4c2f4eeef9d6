import type { InteractiveBrowserCredentialOptions } from "@entrada/core";
import { browserChoices, browserOptionNames } from "@entrada/core/parts";
import { check, type OwnNames } from "@entrada/core/credential";
import type { WamTransport } from "@entrada/wam";
import { checkWindowsNode } from "../availability/check-windows-node.ts";
import type { BrokerTransport } from "../availability/find-broker.ts";
import { checkTransport } from "../availability/check-transport.ts";
import { BROKER_OPTION_DEFAULTS as defaults } from "../option-defaults.ts";
import { checkParentWindow, type ParentWindow } from "../dialog/parent-window.ts";

/** `redirectUri`, `openBrowser`, `answerBy` and `browserCustomizationOptions` are for the browser that takes over. */
export interface InteractiveBrowserBrokerCredentialOptions extends InteractiveBrowserCredentialOptions {
  /**
   * The window that owns the dialog: the buffer of Electron's `getNativeWindowHandle()`, an HWND as a bigint or a
   * number, or "console", the window that shows this process's console. A function is called each time a dialog is
   * shown; undefined from it means "console".
   * @defaultValue "console"
   */
  parentWindowHandle?: ParentWindow | undefined;
  /**
   * Sign in silently with the account that Windows is signed in with; only if that gives no token, show the picker.
   * @defaultValue false
   */
  useDefaultBrokerAccount?: boolean | undefined;
  /**
   * Never show anything, neither Windows's dialog nor the browser: `AuthenticationRequiredError` instead, also from
   * `authenticate()`.
   * @defaultValue false
   */
  disableInteractiveFallback?: boolean | undefined;
  /**
   * What happens where the broker cannot even be tried: "when-unavailable" signs in with the browser, "never" throws
   * `CredentialUnavailableError`, code `broker_unavailable`. A person's "no", a policy and a broken network never
   * lead to the browser.
   * @defaultValue "when-unavailable"
   */
  browserFallback?: "when-unavailable" | "never" | undefined;
  /**
   * Carry personal accounts over to Entra ID. For Microsoft's own applications only; others are refused.
   * @defaultValue false
   */
  legacyEnableMsaPassthrough?: boolean | undefined;
  /**
   * Another way to WAM, such as `msalRuntimeTransport()` or a test's own.
   * @defaultValue the native module for this Windows, loaded on first use
   */
  transport?: WamTransport | undefined;
  /**
   * In WSL: the Node.js of Windows by which the broker of Windows is asked, as a path of Linux such as
   * "/mnt/c/Program Files/nodejs/node.exe".
   * @defaultValue the first `node.exe` on PATH
   */
  windowsNodePath?: string | undefined;
}

/** The names of what this credential takes besides what all take. */
export const brokerOptionNames = (): OwnNames<InteractiveBrowserBrokerCredentialOptions> => ({
  ...browserOptionNames(),
  parentWindowHandle: true,
  useDefaultBrokerAccount: true,
  disableInteractiveFallback: true,
  browserFallback: true,
  legacyEnableMsaPassthrough: true,
  transport: true,
  windowsNodePath: true,
});

/** The broker's own options after their defaults and checks. */
export interface BrokerSettings {
  readonly parentWindow: ParentWindow | undefined;
  readonly useDefaultBrokerAccount: boolean;
  readonly silentOnly: boolean;
  readonly browserFallback: boolean;
  readonly msaPassthrough: boolean;
  readonly transport: BrokerTransport | undefined;
  readonly windowsNodePath: string | undefined;
}

/** @throws TypeError with a `code`, naming the wrong option. Loads nothing. */
export function checkBrokerOptions(options: InteractiveBrowserBrokerCredentialOptions): BrokerSettings {
  const { transport } = options;
  checkTransport(transport);
  browserChoices(options, check);
  const fallback = check.oneOf("browserFallback", options.browserFallback, ["when-unavailable", "never"]);
  return {
    parentWindow: checkParentWindow(options.parentWindowHandle),
    useDefaultBrokerAccount: check.boolean(
      "useDefaultBrokerAccount",
      options.useDefaultBrokerAccount,
      defaults.useDefaultBrokerAccount,
    ),
    silentOnly: check.boolean(
      "disableInteractiveFallback",
      options.disableInteractiveFallback,
      defaults.disableInteractiveFallback,
    ),
    browserFallback: (fallback ?? defaults.browserFallback) !== "never",
    msaPassthrough: check.boolean(
      "legacyEnableMsaPassthrough",
      options.legacyEnableMsaPassthrough,
      defaults.legacyEnableMsaPassthrough,
    ),
    transport,
    windowsNodePath: checkWindowsNode(options.windowsNodePath),
  };
}
