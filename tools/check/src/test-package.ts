// The `test` script of every package: runs the tests of the folder it is started in, with as many workers as
// TEST_WORKERS says; default: one, since other packages' tests run beside them. One line says that they passed; where
// they did not, everything that vitest said is shown. The report is left for the check that counts.
import { spawn } from "node:child_process";
import { rmSync } from "node:fs";
import { join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { closingLine } from "./counts.ts";
import { readTestReport } from "./test-report.ts";
import { projectOf, reportOf } from "./tested-folders.ts";

const root = fileURLToPath(new URL("../../..", import.meta.url));
const project = projectOf(relative(root, process.cwd()));
const report = reportOf(process.cwd());
rmSync(report, { force: true });

const started = performance.now();
const child = spawn(
  process.execPath,
  [
    join(root, "node_modules", "vitest", "vitest.mjs"),
    "run",
    `--project=${project}`,
    `--maxWorkers=${process.env["TEST_WORKERS"] ?? 1}`,
    "--reporter=default",
    "--reporter=json",
    `--outputFile.json=${report}`,
    ...process.argv.slice(2),
  ],
  { cwd: root, stdio: ["ignore", "pipe", "pipe"] },
);
for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => child.kill(signal));
const output: Buffer[] = [];
for (const stream of [child.stdout, child.stderr]) stream.on("data", (chunk: Buffer) => output.push(chunk));
child.once("close", (code) => {
  const seconds = ((performance.now() - started) / 1000).toFixed(1);
  if (code === 0) console.log(`${project}: ${closingLine(readTestReport(report).counts)} (${seconds} s)`);
  else process.stdout.write(Buffer.concat(output));
  process.exitCode = code ?? 1;
});
