import { check } from "@entrada/core/credential";
import type { WindowHandle } from "@entrada/wam";

/** A window handle, or a function that finds the present one each time a dialog is shown. */
export type ParentWindow =
  | WindowHandle
  | (() => WindowHandle | undefined | Promise<WindowHandle | undefined>);

/** The option that a window handle, or what finds one, is given by. */
export const PARENT_WINDOW_OPTION = "parentWindowHandle";
const LARGEST_HANDLE = 0xffff_ffff_ffff_ffffn;

/** @throws TypeError naming the option */
export function checkParentWindow(value: ParentWindow | undefined): ParentWindow | undefined {
  if (value !== undefined && typeof value !== "function") checkWindowHandle(value);
  return value;
}

/** @throws TypeError naming the option */
export function checkWindowHandle(value: WindowHandle): void {
  if (value === "console") return;
  const expected =
    'a window handle: the 4 or 8 bytes of getNativeWindowHandle(), a bigint, a number, or "console"; or a function that returns one';
  if (value instanceof Uint8Array) {
    if (value.byteLength === 4 || value.byteLength === 8) return;
    throw check.wrong(PARENT_WINDOW_OPTION, `${expected}. Received ${value.byteLength} bytes`);
  }
  if (typeof value === "bigint" && value >= 0n && value <= LARGEST_HANDLE) return;
  if (typeof value === "number" && Number.isSafeInteger(value) && value >= 0) return;
  throw check.wrong(PARENT_WINDOW_OPTION, expected, typeof value === "bigint" ? undefined : (value ?? null));
}
