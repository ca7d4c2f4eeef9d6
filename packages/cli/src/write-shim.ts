import { chmodSync, mkdirSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";

/**
 * Writes a program `name` into a folder that hands over to `entrada` with these arguments before its own.
 * @returns the whole path of the folder
 */
export function writeShim(
  folder: string,
  name: string,
  args: readonly string[],
  entrada: string,
  platform: NodeJS.Platform = process.platform,
): string {
  const place = resolve(folder);
  mkdirSync(place, { recursive: true });
  const command = [process.execPath, entrada, ...args];
  if (platform === "win32") {
    const words = command.map((word) => `"${word}"`).join(" ");
    writeFileSync(join(place, `${name}.cmd`), `@${words} %*\r\n`);
  } else {
    const file = join(place, name);
    writeFileSync(file, `#!/bin/sh\nexec ${command.map(quoted).join(" ")} "$@"\n`);
    chmodSync(file, 0o755);
  }
  return place;
}

function quoted(text: string): string {
  return `'${text.replaceAll("'", String.raw`'\''`)}'`;
}
