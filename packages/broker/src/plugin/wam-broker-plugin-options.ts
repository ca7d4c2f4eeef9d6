import { check, type KnownNames } from "@entrada/core/credential";
import type { Clock } from "@entrada/core/flow";
import type { WamTransport } from "@entrada/wam";
import { checkTransport } from "../availability/check-transport.ts";
import { checkWindowsNode } from "../availability/check-windows-node.ts";
import { checkParentWindow, type ParentWindow } from "../dialog/parent-window.ts";
import type { MsalErrorClasses } from "./plugin-error.ts";

export interface WamBrokerPluginOptions {
  /**
   * What the application understands, such as `["cp1"]` for Continuous Access Evaluation. msal-node does not hand its
   * own `clientCapabilities` to a broker.
   * @defaultValue none
   */
  clientCapabilities?: string[] | undefined;
  /**
   * The window that owns the dialog where a request has no `windowHandle`.
   * @defaultValue "console"
   */
  parentWindowHandle?: ParentWindow | undefined;
  /**
   * The longest wait for anything that shows nothing, in ms.
   * @defaultValue 30_000
   */
  silentTimeoutInMs?: number | undefined;
  /**
   * The application's own msal-node, `import * as msal from "@azure/msal-node"`: then errors are instances of its
   * classes. Without it they have the names and fields of msal-node's errors only.
   */
  msal?: MsalErrorClasses | undefined;
  /**
   * Another way to WAM.
   * @defaultValue the native module for this Windows, loaded when msal-node first asks whether there is a broker
   */
  transport?: WamTransport | undefined;
  /**
   * In WSL: the Node.js of Windows by which the broker of Windows is asked, as a path of Linux such as
   * "/mnt/c/Program Files/nodejs/node.exe".
   * @defaultValue the first `node.exe` on PATH
   */
  windowsNodePath?: string | undefined;
  /** @internal */
  clock?: Clock | undefined;
}

/** The names of what {@link WamBrokerPluginOptions} has for both plugins. */
export const PLUGIN_OPTIONS: KnownNames<Omit<WamBrokerPluginOptions, "msal">> = {
  clientCapabilities: true,
  parentWindowHandle: true,
  silentTimeoutInMs: true,
  transport: true,
  windowsNodePath: true,
  clock: true,
};

/** @throws TypeError naming the wrong option */
export function checkPluginOptions(options: WamBrokerPluginOptions): void {
  check.names("options", options, { ...PLUGIN_OPTIONS, msal: true });
  const { clientCapabilities, parentWindowHandle, silentTimeoutInMs, transport, windowsNodePath } = options;
  if (clientCapabilities !== undefined && !isListOfTexts(clientCapabilities)) {
    throw check.wrong("clientCapabilities", 'an array of texts, such as ["cp1"]', clientCapabilities);
  }
  checkParentWindow(parentWindowHandle);
  check.milliseconds("silentTimeoutInMs", silentTimeoutInMs);
  checkTransport(transport);
  checkWindowsNode(windowsNodePath);
}

function isListOfTexts(value: unknown): boolean {
  return Array.isArray(value) && value.every((each) => typeof each === "string" && each !== "");
}
