import { hasInterop, isWsl } from "@entrada/core/parts";
import type { BrokerSurroundings } from "./broker-surroundings.ts";

/** The way to the Windows around this Linux, or why there is none. */
export type WindowsOutside = { readonly node: string } | { readonly detail: "wsl" | "wsl_no_interop" };

/** Where Node.js for Windows lies unless somebody chose another folder. */
const USUAL_PLACE = "/mnt/c/Program Files/nodejs";

/**
 * Looks for a Node.js of the Windows around this Linux, without starting anything; undefined where none is around.
 * @param named - the one that the caller names
 */
export function windowsOutside(
  { env, release, exists = isThere, readText = textOf }: BrokerSurroundings,
  named?: string,
): WindowsOutside | undefined {
  if (!isWsl({ platform: "linux", env }, () => release)) return undefined;
  if (!hasInterop({ readText })) return { detail: "wsl_no_interop" };
  const folders = (env["PATH"] ?? "").split(":").filter((folder) => folder.startsWith("/"));
  const candidates =
    named === undefined ? [...folders, USUAL_PLACE].map((folder) => `${folder}/node.exe`) : [named];
  const node = candidates.find((file) => exists(file));
  return node === undefined ? { detail: "wsl" } : { node };
}

function isThere(path: string): boolean {
  return process.getBuiltinModule("node:fs").existsSync(path);
}

function textOf(path: string): string | undefined {
  try {
    return process.getBuiltinModule("node:fs").readFileSync(path, "utf8");
  } catch {
    return undefined; // missing or forbidden: the answer to the question
  }
}
