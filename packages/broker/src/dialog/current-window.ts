import type { WamWindow, WindowHandle } from "@entrada/wam";
import type { BrokerClient } from "../contract/broker-client.ts";
import { BROKER_OPTION_DEFAULTS } from "../option-defaults.ts";
import { checkWindowHandle, PARENT_WINDOW_OPTION, type ParentWindow } from "./parent-window.ts";

const { parentWindowHandle } = BROKER_OPTION_DEFAULTS;

/** What a dialog's owner is looked up with. */
export interface ParentWindowContext {
  readonly windows: Pick<BrokerClient, "resolveWindowHandle">;
  readonly warn: (code: string, message: string, error?: Error) => void;
}

/**
 * The handle to show a dialog with, now. A function that fails, and a window that is gone, are no reason not to sign
 * in: the console's window, or what is in the foreground, takes their place, with a warning.
 * @throws TypeError when the function returns something that is no handle
 */
export async function currentWindow(
  parent: ParentWindow | undefined,
  { windows, warn }: ParentWindowContext,
): Promise<WindowHandle> {
  const handle = await handleOf(parent, warn);
  if (handle !== "console") checkWindowHandle(handle);
  let window: WamWindow | undefined;
  try {
    window = windows.resolveWindowHandle(handle);
  } catch {
    return handle; // only the hints below are lost: the request itself reports what is wrong with the handle
  }
  if (isGiven(handle) && window?.source !== "given") {
    warn(
      "parent_window_gone",
      `The parent window is gone; the dialog belongs to the ${window?.source} window.`,
    );
  } else if (window?.source === "desktop") {
    warn("no_parent_window", "There is no window to own the dialog: it may open behind others.");
  }
  return handle;
}

async function handleOf(
  parent: ParentWindow | undefined,
  warn: ParentWindowContext["warn"],
): Promise<WindowHandle> {
  if (typeof parent !== "function") return parent ?? parentWindowHandle;
  try {
    return (await parent()) ?? parentWindowHandle;
  } catch (error) {
    warn(
      "parent_window_failed",
      `The function ${PARENT_WINDOW_OPTION} failed; the console's window owns the dialog.`,
      error instanceof Error ? error : undefined,
    );
    return parentWindowHandle;
  }
}

function isGiven(handle: WindowHandle): boolean {
  if (handle === "console") return false;
  return handle instanceof Uint8Array ? handle.some((byte) => byte !== 0) : BigInt(handle) !== 0n;
}
