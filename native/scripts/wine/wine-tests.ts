import { readdirSync } from "node:fs";
import { join } from "node:path";
import type { Failure, LeftCounts } from "../../../tools/check/src/counts-file.ts";
import { comparisonCases } from "../../test/differential/comparison-cases.ts";
import { bareRequests } from "./bare-requests.ts";
import { openBuiltHost } from "./built-host.ts";
import { chainCases } from "./chain/chain-cases.ts";
import { codeCases } from "./chain/code-cases.ts";
import { pageCases } from "./chain/page-cases.ts";
import { wslCases } from "./chain/wsl-cases.ts";
import { openChain } from "./chain/chain.ts";
import { compare, hasMicrosoftRuntime } from "./comparison.ts";
import { root } from "./paths.ts";
import { processCases } from "./process-cases.ts";
import { tapOf } from "./tap.ts";
import type { WamHost } from "./wam-host.ts";

/** How many passed, and what failed: a test of a file after the file's name, a case by its own. */
interface Tally {
  readonly passed: number;
  readonly failures: readonly Failure[];
}

const NOTHING: Tally = { passed: 0, failures: [] };

/** Runs what is named, or all of it. Where this machine cannot, all of it is skipped, and the reason is told. */
export async function runWineTests(names: readonly string[]): Promise<LeftCounts> {
  const opened = await openBuiltHost();
  if ("lacks" in opened) {
    const reason = `no ${opened.lacks}`;
    console.log(`Skipped the tests of the Windows addon under Wine: ${reason}.`);
    return { passed: 0, failed: 0, skipped: 1, reason };
  }
  const { host } = opened;
  try {
    const { passed, failures } = await runAll(
      host,
      (name) => names.length === 0 || names.some((part) => name.includes(part)),
    );
    const skipped = hasMicrosoftRuntime() ? 0 : comparisonCases.length;
    return { passed, failed: failures.length, skipped, failures };
  } finally {
    await host.prefix.close();
  }
}

async function runAll(host: WamHost, wanted: (name: string) => boolean): Promise<Tally> {
  let total = NOTHING;
  for (const file of readdirSync(join(root, "test", "wine")).filter((name) => name.endsWith(".wine.ts"))) {
    if (wanted(file)) total = sum(total, await runFile(host, file));
  }
  if (wanted(bareRequests.name))
    total = sum(total, await report(bareRequests.name, () => bareRequests.run(host)));
  for (const { name, run } of processCases) {
    if (wanted(`process ${name}`)) total = sum(total, await report(`process: ${name}`, () => run(host)));
  }
  const comparisons = hasMicrosoftRuntime() ? comparisonCases : [];
  if (comparisons.length === 0)
    console.log("Skipped the comparison with Microsoft's runtime: it is not installed.");
  for (const comparison of comparisons) {
    const name = `comparison: ${comparison.name}`;
    if (wanted(name)) total = sum(total, await report(name, () => compare(host, comparison)));
  }
  return sum(total, await runChain(host, wanted));
}

async function runChain(host: WamHost, wanted: (name: string) => boolean): Promise<Tally> {
  const cases = [...chainCases, ...codeCases, ...pageCases, ...wslCases].filter(({ name }) =>
    wanted(`chain: ${name}`),
  );
  if (cases.length === 0) return NOTHING;
  const chain = await openChain(host);
  try {
    let total = NOTHING;
    for (const { name, run } of cases) total = sum(total, await report(`chain: ${name}`, () => run(chain)));
    return total;
  } finally {
    await chain.close();
  }
}

async function runFile(host: WamHost, file: string): Promise<Tally> {
  const started = performance.now();
  const { code, stdout, stderr } = await host.run(join("test", "wine", file), {
    options: ["--expose-gc", "--test-reporter=tap"],
  });
  const { passed, failed, notes } = tapOf(stdout);
  const complete = code === 0 && passed > 0;
  const seconds = ((performance.now() - started) / 1_000).toFixed(1);
  console.log(`${file}: ${passed} passed, ${failed.length} failed (${seconds} s)`);
  for (const note of notes) console.log(`  ${note}`);
  if (complete) return { passed, failures: [] };
  console.log(stdout, stderr, `exit code ${code}`);
  const failures = failed.map(({ name, why }) => ({ name: `${file}: ${name}`, why }));
  const ended = { name: `${file}: exit code ${code}`, why: stderr };
  // Where the runner's last words are missing, it was cut short: of the other tests nobody knows.
  return { passed, failures: passed > 0 && failures.length > 0 ? failures : [...failures, ended] };
}

async function report(name: string, run: () => Promise<void>): Promise<Tally> {
  try {
    await run();
    console.log(`${name}: passed`);
    return { passed: 1, failures: [] };
  } catch (error) {
    console.log(`${name}: failed`, error);
    return { passed: 0, failures: [{ name, why: error instanceof Error ? error.message : String(error) }] };
  }
}

function sum(one: Tally, other: Tally): Tally {
  return { passed: one.passed + other.passed, failures: [...one.failures, ...other.failures] };
}
