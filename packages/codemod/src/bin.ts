#!/usr/bin/env node
import { readFileSync } from "node:fs";
import { runCommandLine } from "./command-line.ts";

// A reader that has gone has read what it wanted.
const GONE = ["EPIPE", "ECONNRESET", "EBADF"];

const manifest = JSON.parse(readFileSync(new URL("../package.json", import.meta.url), "utf8")) as {
  readonly version: string;
};
// Without listeners Node.js would end the process with a stack. Of standard error there is nobody to tell.
process.stderr.on("error", () => {});
const lost = new Promise<string>((resolve) => {
  process.stdout.on("error", ({ code = "no reason known" }: NodeJS.ErrnoException) => resolve(code));
});
process.exitCode = await runCommandLine({
  args: process.argv.slice(2),
  version: manifest.version,
  out: (text) => void process.stdout.write(text),
  err: (text) => void process.stderr.write(text),
});
void lost.then((code) => {
  if (GONE.includes(code)) return;
  process.stderr.write(`Standard output cannot be written (${code}). Let it lead to a place with room.\n`);
  process.exitCode = 2;
});
