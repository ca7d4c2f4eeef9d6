// `npm run test:runtimes`: installs the packed packages once, and in every runtime runs the emulator and signs in, with the
// browser and by device code; each reads and renews what every other has kept. Ends with `N passed, N failed, N skipped`,
// and leaves these counts in .cache/test-runtimes.json.
import { randomBytes } from "node:crypto";
import { cpSync, mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { installPacked, packAll } from "../../bundles/src/project.ts";
import { closingLine } from "../../check/src/counts.ts";
import { forgetCounts, leaveCounts } from "../../check/src/counts-file.ts";
import { Checks } from "../../release/src/checks.ts";
import { besideKeyring, hasKeyring } from "./keyring-session.ts";
import { PERMISSIONS } from "./permissions.ts";
import { fetchRuntimes, RUNTIMES } from "./runtimes.ts";
import { Trial, type Outcome } from "./trial.ts";

const SCRIPT = "test:runtimes";
const PACKAGES = ["core", "device-code", "cache", "emulator"];
const programs = fileURLToPath(new URL("../program/", import.meta.url));

forgetCounts(SCRIPT);
if (process.platform !== "linux" || process.arch !== "x64") {
  const reason = "the runtimes are fetched for Linux on x64";
  console.log(`Skipped: ${reason}.`);
  leaveCounts(SCRIPT, { passed: 0, failed: 0, skipped: 1, reason });
  process.exit(0);
}
const checks = new Checks();
const folder = realpathSync(mkdtempSync(join(tmpdir(), "entrada-runtimes-")));
try {
  await checks.need("fetch the runtimes", fetchRuntimes);
  await checks.need("pack", () => packAll(folder, PACKAGES));
  const project = await checks.need("install", () => makeProject(folder));
  await tryAll(project);
} finally {
  rmSync(folder, { recursive: true, force: true });
  leaveCounts(SCRIPT, checks.counts);
}
console.log(`\n${closingLine(checks.counts)}`);
process.exitCode = checks.counts.failed === 0 ? 0 : 1;

async function makeProject(parent: string): Promise<string> {
  const project = join(parent, "project");
  cpSync(programs, project, { recursive: true });
  writeFileSync(join(project, "package.json"), JSON.stringify({ private: true, type: "module" }));
  await installPacked(parent, project, []);
  mkdirSync(join(project, "caches"));
  writeFileSync(join(project, "key"), randomBytes(32), { mode: 0o600 });
  return project;
}

async function tryAll(project: string): Promise<void> {
  await using stack = new AsyncDisposableStack();
  const trials: Trial[] = [];
  for (const runtime of RUNTIMES) {
    await checks.check(`${runtime.name}: the emulator`, async () => {
      trials.push(stack.use(await Trial.begin(runtime, { folder: project, key: { KEY_FILE: "key" } })));
    });
  }
  for (const trial of trials) await tryAlone(trial);
  if (hasKeyring()) for (const trial of trials) await tryKeyring(trial);
  else console.log("       No keyring is tried: that needs gnome-keyring and dbus-run-session.");
  for (const writer of trials) for (const reader of trials) await tryTogether(writer, reader);
  const [any] = trials;
  for (const { name, command, way, missing } of any === undefined ? [] : PERMISSIONS) {
    await checks.check(missing === undefined ? name : `${name}: it is named`, async () => {
      const outcome = await any!.signIn(way, command);
      if (missing === undefined) return expectSignedIn(outcome, any!);
      const { detail, message = "" } = outcome.failed ?? {};
      if (detail !== "permission_denied" || !message.includes(missing)) throw unexpected(outcome);
    });
  }
}

async function tryAlone(trial: Trial): Promise<void> {
  const { name, trustsWhileRunning } = trial.runtime;
  await checks.check(`${name}: browser`, async () => expectSignedIn(await trial.signIn(["browser"]), trial));
  await checks.check(`${name}: device code, into a cache`, async () =>
    expectSignedIn(await trial.signIn(["device-code", trial.cache]), trial),
  );
  await checks.check(`${name}: trust() of the emulator`, async () => {
    await using program = trial.start(["trust.mjs"]);
    const outcome = await program.next<Outcome>();
    if (trustsWhileRunning) return expectSignedIn(outcome, trial);
    if (outcome.failed === undefined) throw unexpected(outcome);
    console.log(`       It cannot, and says so: ${outcome.failed.message}`);
  });
}

async function tryKeyring(trial: Trial): Promise<void> {
  await checks.check(
    `${trial.runtime.name}: device code, into a cache whose key the keyring has`,
    async () => {
      const command = besideKeyring(trial.runtime.command);
      expectSignedIn(await trial.signIn(["device-code", `${trial.cache}-keyring`], command), trial);
    },
  );
}

async function tryTogether(writer: Trial, reader: Trial): Promise<void> {
  const { command, name, resource } = reader.runtime;
  const whose = `the cache of ${writer.runtime.name}`;
  await checks.check(`${name} reads and renews ${whose}`, async () => {
    const outcome = await writer.signIn(["silently", writer.cache, resource], command);
    expectSignedIn(outcome, writer);
    if (outcome.renewed !== true) throw unexpected(outcome);
  });
  const holds = `${writer.runtime.name} holds the lock`;
  await checks.check(`${name} waits while ${holds}`, async () => {
    const want = async (limitInMs: number): Promise<string> => {
      await using program = writer.start(["want.mjs", "locked", String(limitInMs)], command);
      return (await program.next<{ readonly outcome: string }>()).outcome;
    };
    await using holder = writer.start(["hold.mjs", "locked"]);
    await holder.next();
    const outcome = await want(1);
    if (outcome !== "cache_locked") throw new Error(`While it was held: ${outcome}`);
    await holder[Symbol.asyncDispose]();
    const afterwards = await want(60_000);
    if (afterwards !== "free") throw new Error(`Once it was let go: ${afterwards}`);
  });
}

function expectSignedIn(outcome: Outcome, { username }: Trial): void {
  if (outcome.signedIn !== username) throw unexpected(outcome);
}

function unexpected(outcome: Outcome): Error {
  return new Error(`It said ${JSON.stringify(outcome)}`);
}
