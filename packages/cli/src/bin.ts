#!/usr/bin/env node
import type { QuickAnswer } from "./quick/quick-answer.ts";

// Nothing is imported: of a builtin module an import reads every export, and loads what stands behind it.
const { createRequire } = process.getBuiltinModule("node:module");
const { fileURLToPath } = process.getBuiltinModule("node:url");

const MAY_BE_QUICK = ["token", "az", "credential-helper"];
const file = fileURLToPath(import.meta.url);
const args = process.argv.slice(2);
const { isDone, read } = MAY_BE_QUICK.includes(args[0] ?? "")
  ? await quickAnswer(args)
  : { isDone: false, read: "" };
if (!isDone) {
  const { runProcess } = await import("./run-process.ts");
  await runProcess(file, read);
}

function quickAnswer(words: readonly string[]): Promise<QuickAnswer> {
  const quick = createRequire(file)("./quick-answer.cjs") as {
    quickAnswer(args: readonly string[]): Promise<QuickAnswer>;
  };
  return quick.quickAnswer(words);
}
