#!/usr/bin/env node
import { runCommandLine } from "./command-line.ts";

const result = await runCommandLine({
  arguments: process.argv.slice(2),
  out: (text) => process.stdout.write(text),
  error: (text) => process.stderr.write(text),
});
if ("exitCode" in result) {
  process.exitCode = result.exitCode;
} else {
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) {
    process.once(signal, () => void result.end());
  }
}
