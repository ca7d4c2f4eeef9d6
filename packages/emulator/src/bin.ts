#!/usr/bin/env node
import { runCommandLine } from "./command-line.ts";
import { lostOutput } from "./lost-output.ts";

const lost = lostOutput();
const result = await runCommandLine({
  arguments: process.argv.slice(2),
  out: (text) => process.stdout.write(text),
  error: (text) => process.stderr.write(text),
});
if ("exitCode" in result) {
  process.exitCode = result.exitCode;
  void lost.then(({ code, isRead }) => {
    if (isRead) return;
    process.stderr.write(`Standard output cannot be written (${code}). Let it lead to a place with room.\n`);
    process.exitCode = 2;
  });
} else {
  void lost.then(({ code }) => {
    process.stderr.write(
      `Standard output cannot be written (${code}): what it says is lost. The emulator goes on.\n`,
    );
  });
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) {
    process.once(signal, () => void result.end());
  }
}
