import { createRequire } from "node:module";
import { loadWamTransport, type WamLoadOptions, type WamLoadResult } from "@entrada/wam";
import { addonsOfWindows } from "./addons-of-windows.ts";

/** The process in Windows that it is loaded in. */
type Windows = Pick<NodeJS.Process, "arch" | "env" | "execPath"> & { readonly platform: string };
type Addon = ReturnType<NonNullable<WamLoadOptions["load"]>>;

/**
 * Loads the native module in the Node.js of Windows: the first that can be used, or why the first that is there cannot.
 * @param given - the native modules that the installation in Linux has, as Windows names them
 */
export function loadAddonOfWindows(
  given: readonly string[],
  windows: Windows = process,
  load: (file: string) => Addon = createRequire(import.meta.url),
): WamLoadResult {
  const { arch: architecture, platform } = windows;
  const loaded = (file: string): WamLoadResult =>
    loadWamTransport({ platform, architecture, load: () => load(file) });
  const [first = "", ...others] = addonsOfWindows(architecture, given, windows);
  let result = loaded(first);
  for (const file of others) {
    if (result.available) break;
    const next = loaded(file);
    if (next.available || result.reason === "binary_missing") result = next;
  }
  return result;
}
