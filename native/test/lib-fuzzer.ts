import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { planFrom } from "../../tools/fuzz/src/fuzz-plan.ts";
import type { FuzzCount } from "../../tools/fuzz/src/fuzz-test.ts";
import { targetOf } from "../../tools/fuzz/src/targets.ts";
import { buildSanitized, type SanitizedBuild } from "../scripts/sanitized-build.ts";

const LONGEST_IN_MS = 12 * 3_600_000;
const compiler = "clang++";
const isHere = process.platform === "linux" && canFuzz();
if (!isHere)
  console.warn(
    "Skipped: libFuzzer needs clang and its runtime (Debian packages clang and libclang-rt-14-dev).",
  );

/** Its runtime is another package than the compiler. */
function canFuzz(): boolean {
  const nothing = 'extern "C" int LLVMFuzzerTestOneInput(const char*, unsigned long) { return 0; }';
  const options = ["-fsanitize=fuzzer,address", "-x", "c++", "-", "-o", "/dev/null"];
  return spawnSync(compiler, options, { input: nothing }).status === 0;
}

/** A fuzzing run of C++ by libFuzzer, whose bytes are led by what code they reach; without clang there is none. */
export function libFuzzerTest(
  title: string,
  name: string,
  build: Pick<SanitizedBuild, "sanitizers" | "sources">,
): void {
  const { seed, count, seconds } = planFrom(process.env, targetOf(name));
  // oxlint-disable-next-line vitest/valid-title -- each caller writes it out
  test.skipIf(!isHere)(title, { timeout: LONGEST_IN_MS }, async ({ task }) => {
    const sanitizers = `fuzzer,${build.sanitizers}`;
    const program = buildSanitized({ compiler, name: `${name}-fuzzer`, sources: build.sources, sanitizers });
    const limit = seconds === undefined ? `-runs=${count}` : `-max_total_time=${seconds}`;
    const { code, said } = await run(program, [`-seed=${seed || 1}`, limit]);
    const found = countIn(said);
    if (found) task.meta.fuzz = { ...found, faults: code === 0 ? 0 : 1 };
    expect(code, `npm run fuzz -- ${name} --seed ${seed} --count ${count}\n${said}`).toBe(0);
    expect(found, said).toBeDefined();
  });
}

/** In a folder of its own, with no inputs of earlier runs: the same seed has the same inputs. */
async function run(
  program: string,
  options: readonly string[],
): Promise<{ code: number | null; said: string }> {
  const folder = mkdtempSync(join(tmpdir(), "native-fuzz-"));
  try {
    const child = spawn(program, [...options, "-max_len=2048", "-print_final_stats=1"], {
      cwd: folder,
      stdio: ["ignore", "ignore", "pipe"],
    });
    let said = "";
    child.stderr.on("data", (chunk: Buffer) => (said = shortened(said + chunk.toString())));
    const [code] = (await once(child, "close")) as [number | null];
    return { code, said };
  } finally {
    rmSync(folder, { recursive: true });
  }
}

const SAID_AT_MOST = 100_000;
const BEGINNING = 10_000;

/** How it began, and how it ended. */
function shortened(said: string): string {
  return said.length <= SAID_AT_MOST
    ? said
    : said.slice(0, BEGINNING) + said.slice(2 * BEGINNING - SAID_AT_MOST);
}

/** What libFuzzer says at its beginning and its end. */
function countIn(said: string): Omit<FuzzCount, "faults"> | undefined {
  const done = /#(\d+)\s+DONE\s+cov: (\d+) ft: (\d+) corp: (\d+)/.exec(said);
  const places = /\((\d+) inline 8-bit counters\)/.exec(said)?.[1];
  const seconds = /Done \d+ runs in (\d+) second/.exec(said)?.[1];
  if (!done) return undefined;
  const [, inputs, edges, features, kept] = done;
  return {
    inputs: Number(inputs),
    seconds: Number(seconds),
    became: {},
    note: `${edges} of ${places} edges, ${features} features, ${kept} inputs that reach them`,
  };
}
