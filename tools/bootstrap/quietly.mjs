// Runs a command and keeps its output to itself unless it fails: node quietly.mjs <what it does> <command> [arguments]
import { spawnSync } from "node:child_process";
import { constants } from "node:os";

const [what, command, ...args] = process.argv.slice(2);
console.log(`${what} ...`);
// Without a listener an interrupt would end this process before the command has ended.
process.on("SIGINT", () => {});
const { status, signal, stdout, stderr, error } = spawnSync(command, args, {
  encoding: "utf8",
  maxBuffer: 64 * 2 ** 20,
  shell: process.platform === "win32",
});
if (error) throw error;
if (status !== 0) process.stderr.write(stdout + stderr);
process.exit(status ?? 128 + constants.signals[signal]);
