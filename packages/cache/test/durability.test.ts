import { execFileSync } from "node:child_process";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
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

describe.runIf(hasStrace)("on a file system whose sync answers", () => {
  const saveWhere = async (call: string, error: string): Promise<{ saved?: string }> => {
    const directory = await temporaryFolder();
    const log = join(await temporaryFolder(), "calls");
    const under = ["strace", "-f", "-e", `trace=${call}`, "-e", `inject=${call}:error=${error}`, "-o", log];
    const child = startChild("save", [directory, "content"], { under });
    const answer = JSON.parse(await child.output) as { saved?: string };
    expect(await readFile(log, "utf8")).toContain("(INJECTED)");
    return answer;
  };

  // Linux has one number for ENOTSUP and EOPNOTSUPP.
  test.each(["EINVAL", "EOPNOTSUPP", "ENOSYS"])("%s, what is saved is saved all the same", async (error) => {
    expect(await saveWhere("fsync", error)).toMatchObject({ saved: "done" });
  });

  test.each(["EIO", "ENOSPC", "EDQUOT"])("%s, nothing is said to be saved", async (error) => {
    expect(await saveWhere("fsync", error)).toMatchObject({ saved: "cache_unwritable" });
  });
});

function canTrace(): boolean {
  try {
    execFileSync("strace", ["-o", "/dev/null", "true"], { stdio: "ignore" });
    return true;
  } catch {
    // Not installed, or tracing is forbidden here.
    return false;
  }
}
