import { execFileSync } from "node:child_process";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { RECORD_NAME, temporaryFolder } from "./support/cache-fixture.ts";
import { startChild } from "./support/run-child.ts";

const hasStrace = process.platform === "linux" && canTrace();

if (!hasStrace) console.warn("Skipped: the order of system calls is checked with strace (Linux).");

test.runIf(hasStrace)(
  "a save syncs the new file, renames it, and syncs the folder, in this order",
  async () => {
    const directory = await temporaryFolder();
    const log = join(await temporaryFolder(), "calls");
    const traced = ["openat", "fsync", "rename", "unlink", "chmod", "fchmod"].join(",");
    const under = ["strace", "-f", "-y", "-e", `trace=${traced}`, "-o", log];
    const child = startChild("save", [directory, "content"], { under });
    expect(JSON.parse(await child.output)).toMatchObject({ saved: "done" });
    const calls = (await readFile(log, "utf8"))
      .split("\n")
      .filter((line) => line.includes(directory) && !line.includes("ENOENT"));
    const temporary = String.raw`aside/${RECORD_NAME}\.[0-9a-f]{24}\.tmp`;
    const steps = [
      new RegExp(`openat.*${temporary}", O_WRONLY\\|O_CREAT\\|O_EXCL\\|O_NOFOLLOW\\|O_CLOEXEC, 0600`),
      new RegExp(`fsync\\(\\d+<.*${temporary}`),
      new RegExp(`rename\\(".*${temporary}", ".*/${RECORD_NAME}"\\)`),
      new RegExp(`fsync\\(\\d+<${directory}/test\\.accounts>`),
    ];
    // The head of the folder is saved before.
    const first = calls.findIndex((call) => steps[0]!.test(call));
    const order = steps.map((step) => calls.findIndex((call, index) => index >= first && step.test(call)));
    expect(order).not.toContain(-1);
    expect(order).toEqual([...order].sort((a, b) => a - b));
    expect(calls.filter((call) => /\bf?chmod\(/.test(call))).toEqual([]);
  },
);

function canTrace(): boolean {
  try {
    execFileSync("strace", ["-o", "/dev/null", "true"], { stdio: "ignore" });
    return true;
  } catch {
    // Not installed, or tracing is forbidden here.
    return false;
  }
}
