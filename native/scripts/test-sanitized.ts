// Reads answers by lot with the addon's own code on Linux, under the address sanitizer, and its queue under the thread
// sanitizer. Where the compiler is missing it says so, and succeeds. With bytes that coverage guides: npm run fuzz.
import { spawnSync } from "node:child_process";
import { VALUES, buildSanitized, hasCompiler, sanitizedSource } from "./sanitized-build.ts";

const compiler = "g++";

function test(
  name: string,
  sanitizers: string,
  sources: readonly string[],
  runs: readonly string[] = [],
): void {
  const program = buildSanitized({ compiler, name, sanitizers, sources });
  const { status } = spawnSync(program, runs, { stdio: "inherit" });
  if (status !== 0) throw new Error(`${name} failed`);
}

if (hasCompiler(compiler)) {
  test("values", "address,undefined", [...VALUES, sanitizedSource("any_bytes.cc")]);
  test("queue", "thread", [sanitizedSource("job_queue_test.cc"), "cpp/job_queue.cc"]);
  // Under libFuzzer the counters of coverage themselves would race.
  const byLot = [sanitizedSource("fuzz_queue.cc"), sanitizedSource("any_bytes.cc"), "cpp/job_queue.cc"];
  test("queue-by-lot", "thread", byLot, ["2000"]);
} else {
  console.log(`Skipped the tests under sanitizers: no ${compiler}.`);
}
