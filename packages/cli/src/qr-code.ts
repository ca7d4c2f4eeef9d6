import { encode, renderUnicodeCompact } from "uqr";
import type { Terminal } from "./terminal.ts";

const BORDER = 2;

/** A page's address for the camera of another device, or undefined where this terminal cannot show that. */
export function qrCode(address: string, terminal: Terminal): string | undefined {
  if (!terminal.isRich || !hasBlocks(terminal.env)) return undefined;
  const options = { ecc: "L", border: BORDER } as const;
  // Next to nothing is shown of a picture whose lines are broken.
  if (encode(address, options).size > (terminal.columns ?? 0)) return undefined;
  const lines = renderUnicodeCompact(address, options).split("\n");
  // Dark on light, whatever colours the terminal has otherwise: the blocks are the light parts.
  return lines.map((line) => `\u001b[97;40m${line}\u001b[0m\n`).join("");
}

function hasBlocks(env: Terminal["env"]): boolean {
  if (process.platform === "win32") return Boolean(env["WT_SESSION"]);
  return /utf-?8/i.test(env["LC_ALL"] || env["LC_CTYPE"] || env["LANG"] || "");
}
