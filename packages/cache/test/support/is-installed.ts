import { execFileSync } from "node:child_process";

/** Whether all these programs can be started here. */
export function isInstalled(...commands: readonly string[]): boolean {
  try {
    for (const command of commands) execFileSync("sh", ["-c", `command -v ${command}`], { stdio: "ignore" });
    return true;
  } catch {
    // `command -v` fails for what is not installed, and so does a system without `sh`.
    return false;
  }
}
