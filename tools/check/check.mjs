// Everything that must hold before a change lands: build, format, lint, types, tests. Prints what ran and what was
// skipped, and ends with a line that counts tests.
import { spawn } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { delimiter, join } from "node:path";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("../..", import.meta.url));
const cache = join(root, ".cache");
const report = join(cache, "tests.json");
mkdirSync(cache, { recursive: true });
rmSync(report, { force: true });

/** Runs one step; its output is shown as a whole, and only when it failed or the step asks for it. */
function step(name, command, { show = false, env = {} } = {}) {
  const started = performance.now();
  return new Promise((resolve) => {
    const child = spawn(command, {
      cwd: root,
      shell: true,
      stdio: ["ignore", "pipe", "pipe"],
      env: { ...process.env, ...env },
    });
    const output = [];
    const collect = (chunk) => (show ? process.stdout.write(chunk) : output.push(chunk));
    child.stdout.on("data", collect);
    child.stderr.on("data", collect);
    child.on("close", (code) => {
      const seconds = ((performance.now() - started) / 1000).toFixed(1);
      console.log(`${code === 0 ? "ok    " : "FAILED"} ${name} (${seconds} s)`);
      if (code !== 0) process.stdout.write(Buffer.concat(output));
      resolve(code === 0);
    });
  });
}

/** What decides which tests can run here: a result from other surroundings is no result. */
function surroundings() {
  const programs = ["chromium", "gnome-keyring-daemon", "dbus-run-session", "secret-tool", "redis-server", "strace", "wine"];
  const folders = (process.env.PATH ?? "").split(delimiter);
  const found = programs.filter((name) => folders.some((folder) => existsSync(join(folder, name))));
  return [
    process.version,
    process.platform,
    process.arch,
    process.getuid?.() === 0 ? "root" : "user",
    ...found,
  ].join(" ");
}

const started = performance.now();
if (!(await step("build", "turbo run build --output-logs=errors-only --ui=stream"))) process.exit(1);
const steps = [
  await step("format", "oxfmt --check"),
  await step("lint", "oxlint --type-aware"),
  await step("types of tests and examples", "tsc -p tsconfig.tests.json"),
  // Where nothing that a test reads has changed since the last green run, turbo shows that run's output again.
  await step(
    "tests",
    "turbo run check:tests --env-mode=loose --output-logs=full --ui=stream --log-prefix=none",
    {
      show: true,
      env: { ENTRADA_SURROUNDINGS: surroundings() },
    },
  ),
];

let counts = { passed: 0, failed: 0, skipped: 0 };
try {
  const { numPassedTests, numFailedTests, numPendingTests, numTodoTests, testResults } = JSON.parse(
    readFileSync(report, "utf8"),
  );
  // A file that could not even be loaded has no tests to count, and is a failure all the same.
  const broken = testResults.filter(
    ({ status, assertionResults }) => status === "failed" && assertionResults.length === 0,
  );
  counts = {
    passed: numPassedTests,
    failed: numFailedTests + broken.length,
    skipped: numPendingTests + numTodoTests,
  };
  const skipped = testResults.flatMap(({ assertionResults }) =>
    assertionResults
      .filter(({ status }) => status !== "passed" && status !== "failed")
      .map(({ fullName }) => fullName),
  );
  if (skipped.length > 0) console.log(`\nSkipped on this machine:\n  ${skipped.join("\n  ")}`);
} catch (error) {
  console.log(`The test report is missing: ${error.message}`);
}
const failedSteps = steps.filter((ok) => !ok).length;
const failed = Math.max(counts.failed, failedSteps);
const closing = `${counts.passed} passed, ${failed} failed, ${counts.skipped} skipped`;
writeFileSync(join(cache, "closing-line.txt"), `${closing}\n`);
console.log(`\nChecked in ${((performance.now() - started) / 1000).toFixed(0)} s.\n${closing}`);
process.exit(failed === 0 && counts.passed > 0 ? 0 : 1);
