/**
 * A window that may own a dialog: an HWND as the little-endian buffer of 4 or 8 bytes that Electron's
 * `getNativeWindowHandle()` returns, as a number or as a bigint; or `"console"`, the window that shows this
 * process's console.
 */
export type WindowHandle = Uint8Array | bigint | number | "console";

/** The window that will own a dialog, and how it was found. */
export interface WamWindow {
  readonly handle: bigint;
  /**
   * `given`: the caller's own handle. `console`: the window that owns the console. `foreground`: the window the
   * person is using. `desktop`: nothing better was there; a dialog opens without focus.
   */
  readonly source: "given" | "console" | "foreground" | "desktop";
}

/**
 * Reads a handle as the number that Windows knows it by.
 *
 * `undefined`, `"console"`, zero and the one-byte zero buffer (msal-node's "no handle") all give 0n: no window of the
 * caller's own. A 4-byte handle is sign-extended (Microsoft: "Interprocess Communication Between 32-bit and 64-bit
 * Applications").
 *
 * @throws TypeError with code `ERR_INVALID_ARG_VALUE` for a buffer of another size, and for a number that is
 * negative, not whole, or too large.
 */
export function windowHandleValue(handle: WindowHandle | undefined): bigint {
  if (handle === undefined || handle === "console") return 0n;
  if (handle instanceof Uint8Array) return fromBytes(handle);
  const whole = typeof handle === "bigint" || (typeof handle === "number" && Number.isSafeInteger(handle));
  if (!whole || handle < 0 || handle > 0xffff_ffff_ffff_ffffn) {
    throw invalidHandle("a window handle is a whole number from 0 to 2^64-1");
  }
  return BigInt(handle);
}

function fromBytes(bytes: Uint8Array): bigint {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (bytes.byteLength === 8) return view.getBigUint64(0, true);
  if (bytes.byteLength === 4) return BigInt.asUintN(64, BigInt(view.getInt32(0, true)));
  if (bytes.byteLength === 1 && bytes[0] === 0) return 0n;
  throw invalidHandle(`a window handle has 4 or 8 bytes, this buffer has ${bytes.byteLength}`);
}

function invalidHandle(what: string): TypeError {
  return Object.assign(
    new TypeError(
      `windowHandle: ${what}. Pass what getNativeWindowHandle() returned, an HWND, or "console".`,
    ),
    { code: "ERR_INVALID_ARG_VALUE" },
  );
}
