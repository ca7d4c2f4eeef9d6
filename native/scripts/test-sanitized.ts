// Reads answers by lot with the addon's own code on Linux, under the address sanitizer, and its queue under the thread
// sanitizer; terminates threads of Node.js while the addon's operations end in them. Where the compiler is missing it
// says so, and succeeds. With bytes that coverage guides: npm run fuzz.
import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { root } from "./wine/paths.ts";
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

function testThreads(threads: number): void {
  const sources = ["session", "task", "worker", "job_queue", "js_write", "classes"];
  const addon = buildSanitized({
    compiler,
    name: "ending.node",
    sanitizers: "address",
    sources: [
      ...["ending_addon.cc", "strings.cc"].map(sanitizedSource),
      ...sources.map((name) => join("cpp", `${name}.cc`)),
    ],
    addon: true,
  });
  // Node.js itself is built without the sanitizer, which has to be there first, and then what throws exceptions.
  const preloaded = ["libasan.so", "libstdc++.so.6"].map(
    (library) => spawnSync(compiler, [`-print-file-name=${library}`], { encoding: "utf8" }).stdout,
  );
  const script = join(root, sanitizedSource("terminated-threads.ts"));
  const { status } = spawnSync(process.execPath, [script, addon, String(threads)], {
    stdio: "inherit",
    env: {
      ...process.env,
      LD_PRELOAD: preloaded.map((path) => path.trim()).join(" "),
      // Node.js leaves much to the end of the process.
      ASAN_OPTIONS: "detect_leaks=0",
      NODE_OPTIONS: "--disable-warning=ExperimentalWarning",
    },
  });
  if (status !== 0) throw new Error("terminated threads: the process did not end well");
}

if (hasCompiler(compiler)) {
  test("values", "address,undefined", [...VALUES, sanitizedSource("any_bytes.cc")]);
  test("queue", "thread", [sanitizedSource("job_queue_test.cc"), "cpp/job_queue.cc"]);
  // Under libFuzzer the counters of coverage themselves would race.
  const byLot = [sanitizedSource("fuzz_queue.cc"), sanitizedSource("any_bytes.cc"), "cpp/job_queue.cc"];
  test("queue-by-lot", "thread", byLot, ["2000"]);
  testThreads(200);
} else {
  console.log(`Skipped the tests under sanitizers: no ${compiler}.`);
}
