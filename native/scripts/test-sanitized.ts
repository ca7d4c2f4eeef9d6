// Reads answers by lot with the addon's own code on Linux, under the address sanitizer, and its queue under the thread
// sanitizer. Where the compiler is missing it says so, and succeeds.
import { spawnSync } from "node:child_process";
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { cache, root } from "./wine/paths.ts";

const COMPILER = "g++";
const FLAGS = [
  "-std=c++17",
  "-O1",
  "-g",
  "-fshort-wchar",
  "-fno-omit-frame-pointer",
  "-Wno-non-virtual-dtor",
];
const folder = join(root, "test", "sanitized");
const work = join(cache, "sanitized");

function run(command: string, args: readonly string[]): void {
  const { status } = spawnSync(command, args, { cwd: root, stdio: "inherit" });
  if (status !== 0) throw new Error(`${command} failed`);
}

function test(name: string, sanitizers: string, sources: readonly string[]): void {
  const include = [join(folder, "standin"), folder, "cpp"].map((each) => `-I${each}`);
  const program = join(work, name);
  run(COMPILER, [...FLAGS, ...include, `-fsanitize=${sanitizers}`, "-pthread", "-o", program, ...sources]);
  run(program, []);
}

if (spawnSync(COMPILER, ["--version"], { stdio: "ignore" }).status === 0) {
  mkdirSync(work, { recursive: true });
  const own = ["fuzz_values", "drawn", "strings", "any_bytes"].map((name) => join(folder, `${name}.cc`));
  test("values", "address,undefined", [...own, "cpp/read_values.cc"]);
  test("queue", "thread", [join(folder, "job_queue_test.cc"), "cpp/job_queue.cc"]);
} else {
  console.log(`Skipped the tests under sanitizers: no ${COMPILER}.`);
}
