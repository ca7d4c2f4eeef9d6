#!/usr/bin/env node
import { readFileSync } from "node:fs";
import { runCommandLine } from "./command-line.ts";

const manifest = JSON.parse(readFileSync(new URL("../package.json", import.meta.url), "utf8")) as {
  readonly version: string;
};
process.exitCode = await runCommandLine({
  args: process.argv.slice(2),
  version: manifest.version,
  out: (text) => void process.stdout.write(text),
  err: (text) => void process.stderr.write(text),
});
