import { hasInterop, isWsl } from "@entrada/core/parts";
import { addonsHere, mayHaveAddon } from "./addon-for-windows.ts";
import type { BrokerSurroundings } from "./broker-surroundings.ts";

/** The way to the Windows around this Linux, or why there is none. */
export type WindowsOutside =
  | { readonly node: string }
  | { readonly detail: "wsl" | "wsl_no_interop" | "wsl_addon_missing" };

/** Where Node.js for Windows lies unless somebody chose another folder. */
const USUAL_PLACE = "/mnt/c/Program Files/nodejs";

/**
 * Looks for a Node.js of the Windows around this Linux, and for signs of a native module for it, without starting
 * anything; undefined where no Windows is around.
 * @param named - the one that the caller names
 */
export function windowsOutside(
  {
    env,
    release,
    exists = process.getBuiltinModule("node:fs").existsSync,
    readText = textOf,
    addonsHere: here = addonsHere,
  }: BrokerSurroundings,
  named?: string,
): WindowsOutside | undefined {
  if (!isWsl({ platform: "linux", env }, () => release)) return undefined;
  if (!hasInterop({ readText })) return { detail: "wsl_no_interop" };
  const folders = (env["PATH"] ?? "").split(":").filter((folder) => folder.startsWith("/"));
  const candidates =
    named === undefined ? [...folders, USUAL_PLACE].map((folder) => `${folder}/node.exe`) : [named];
  const node = candidates.find((file) => exists(file));
  if (node === undefined) return { detail: "wsl" };
  return mayHaveAddon(node, folders, exists, here) ? { node } : { detail: "wsl_addon_missing" };
}

function textOf(path: string): string | undefined {
  try {
    return process.getBuiltinModule("node:fs").readFileSync(path, "utf8");
  } catch {
    return undefined; // missing or forbidden: the answer to the question
  }
}
