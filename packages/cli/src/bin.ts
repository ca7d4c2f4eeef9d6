#!/usr/bin/env node
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { runCommandLine } from "./index.ts";
import { processTerminal } from "./terminal.ts";

const manifest = JSON.parse(readFileSync(new URL("../package.json", import.meta.url), "utf8")) as {
  readonly version: string;
};
const terminal = processTerminal({ version: manifest.version, file: fileURLToPath(import.meta.url) });
const code = await runCommandLine(process.argv.slice(2), terminal);
process.exitCode = code === 0 ? (terminal.exitCode ?? 0) : code;
terminal.release();
