import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { expect, test } from "vitest";

test(
  "a soak of some seconds ends with its figures, and with nothing wrong",
  { timeout: 240_000 },
  async () => {
    const program = new URL("../soak/soak.ts", import.meta.url).pathname;
    const options = ["--seconds", "3", "--rate", "20", "--accounts", "2", "--seed", "1"];
    const { stdout } = await promisify(execFile)(process.execPath, [program, ...options]);
    expect(stdout).toMatch(/^calls 60, failed \d+$/m);
    expect(stdout).toMatch(/^wrong: 0$/m);
  },
);
