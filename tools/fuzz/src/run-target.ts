import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import type { FuzzCount } from "./fuzz-test.ts";
import type { FuzzTarget } from "./targets.ts";

export interface TargetRun {
  readonly failed: boolean;
  /** What is printed of it. */
  readonly line: string;
}

/** Tries one target in a process of its own. @param plan the variables that say with which inputs */
export async function runTarget(
  root: string,
  target: FuzzTarget,
  plan: Readonly<Record<string, string>>,
): Promise<TargetRun> {
  const report = join(root, ".cache", "fuzz", `${target.name}.json`);
  mkdirSync(join(root, ".cache", "fuzz"), { recursive: true });
  rmSync(report, { force: true });
  const vitest = spawn(
    process.execPath,
    [
      join(root, "node_modules", "vitest", "vitest.mjs"),
      "run",
      "--config=tools/fuzz/src/fuzz-runs.ts",
      "--reporter=json",
      `--outputFile=${report}`,
    ],
    {
      cwd: root,
      env: { ...process.env, ...plan, FUZZ_FILE: target.file },
      stdio: ["ignore", "ignore", "pipe"],
    },
  );
  let said = "";
  vitest.stderr.on("data", (chunk: Buffer) => (said += chunk.toString()));
  const [code] = (await once(vitest, "close")) as [number | null];
  return { failed: code !== 0, line: `${target.name}: ${lineOf(report, code === 0, said)}` };
}

function lineOf(report: string, passed: boolean, said: string): string {
  let tests: readonly ReportedTest[] = [];
  try {
    tests = (JSON.parse(readFileSync(report, "utf8")) as Report).testResults.flatMap(
      (file) => file.assertionResults,
    );
  } catch {
    return `FAILED before it had counted\n${said}`; // it was killed, or could not be read
  }
  const counts = tests.flatMap(({ meta }) => meta?.fuzz ?? []).map(countLine);
  if (passed) return counts.join("; ") || `skipped. ${said.trim()}`;
  const messages = tests.flatMap(({ failureMessages }) => failureMessages);
  return ["FAILED", ...counts, ...messages, said].join("\n");
}

function countLine({ inputs, faults, seconds, became, note }: FuzzCount): string {
  const shares = Object.entries(became).map(
    ([word, count]) => `${word} ${((count / inputs) * 100).toFixed(1)} %`,
  );
  const more = [...shares, ...(note === undefined ? [] : [note])].join(", ");
  return `${inputs} inputs, ${faults} faults, ${seconds} s (${more})`;
}

interface ReportedTest {
  readonly failureMessages: readonly string[];
  readonly meta?: { readonly fuzz?: FuzzCount };
}

interface Report {
  readonly testResults: readonly { readonly assertionResults: readonly ReportedTest[] }[];
}
