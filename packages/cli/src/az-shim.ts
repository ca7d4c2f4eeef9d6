import { chmodSync, mkdirSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";

/** Writes a program `az` that hands over to `entrada az`, and tells how to use it. */
export function writeAzShim(
  folder: string,
  program: string,
  platform: NodeJS.Platform = process.platform,
): string {
  const place = resolve(folder);
  mkdirSync(place, { recursive: true });
  if (platform === "win32") {
    writeFileSync(join(place, "az.cmd"), `@"${process.execPath}" "${program}" az %*\r\n`);
  } else {
    const file = join(place, "az");
    writeFileSync(file, `#!/bin/sh\nexec ${quoted(process.execPath)} ${quoted(program)} az "$@"\n`);
    chmodSync(file, 0o755);
  }
  return `Put ${place} first on PATH: programs that call az account get-access-token then use this sign-in.`;
}

function quoted(text: string): string {
  return `'${text.replaceAll("'", String.raw`'\''`)}'`;
}
