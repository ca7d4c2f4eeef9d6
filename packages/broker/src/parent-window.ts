import { check } from "@entrada/core/credential";
import type { WamTransport, WamWindow, WindowHandle } from "@entrada/wam";

/** A window handle, or a function that finds the present one each time a dialog is shown. */
export type ParentWindow =
  | WindowHandle
  | (() => WindowHandle | undefined | Promise<WindowHandle | undefined>);

const OPTION = "parentWindowHandle";
const LARGEST_HANDLE = 0xffff_ffff_ffff_ffffn;

/** @throws TypeError naming the option */
export function checkParentWindow(value: ParentWindow | undefined): ParentWindow | undefined {
  if (value !== undefined && typeof value !== "function") checkWindowHandle(value);
  return value;
}

/** What a dialog's owner is looked up with. */
export interface ParentWindowContext {
  readonly transport: WamTransport;
  readonly warn: (code: string, message: string, error?: Error) => void;
}

/**
 * The handle to show a dialog with, now. A function that fails, and a window that is gone, are no reason not to sign
 * in: the console's window, or what is in the foreground, takes their place, with a warning.
 * @throws TypeError when the function returns something that is no handle
 */
export async function currentWindow(
  parent: ParentWindow | undefined,
  { transport, warn }: ParentWindowContext,
): Promise<WindowHandle> {
  const handle = await handleOf(parent, warn);
  if (handle !== "console") checkWindowHandle(handle);
  let window: WamWindow | undefined;
  try {
    window = transport.resolveWindowHandle(handle);
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
  if (typeof parent !== "function") return parent ?? "console";
  try {
    return (await parent()) ?? "console";
  } catch (error) {
    warn(
      "parent_window_failed",
      `The function ${OPTION} failed; the console's window owns the dialog.`,
      error instanceof Error ? error : undefined,
    );
    return "console";
  }
}

function checkWindowHandle(value: WindowHandle): void {
  if (value === "console") return;
  const expected =
    'a window handle: the 4 or 8 bytes of getNativeWindowHandle(), a bigint, a number, or "console"; or a function that returns one';
  if (value instanceof Uint8Array) {
    if (value.byteLength === 4 || value.byteLength === 8) return;
    throw check.wrong(OPTION, `${expected}. Received ${value.byteLength} bytes`);
  }
  if (typeof value === "bigint" && value >= 0n && value <= LARGEST_HANDLE) return;
  if (typeof value === "number" && Number.isSafeInteger(value) && value >= 0) return;
  throw check.wrong(OPTION, expected, typeof value === "bigint" ? undefined : (value ?? null));
}

function isGiven(handle: WindowHandle): boolean {
  if (handle === "console") return false;
  return handle instanceof Uint8Array ? handle.some((byte) => byte !== 0) : BigInt(handle) !== 0n;
}
