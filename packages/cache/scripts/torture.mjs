#!/usr/bin/env node
// Puts the persisted cache into the worst places and counts what was broken, lost or stuck. Build the package first.
//
//   node packages/cache/scripts/torture.mjs [kill] [full] [clock] [read-only] [crowded] [--times 2000] [--files 1000000]
//
// kill:      processes that save are ended with SIGKILL, so many times: all in one account, and each in its own.
// full:      a disk of 512 kB is filled with accounts until nothing goes in any more, and emptied again (Linux, root).
// clock:     the time of each file jumps by years before and after each of so many saves, by two who do not know of
//            each other.
// read-only: a folder in which nothing can be written (as another user, for which it is started as root).
// crowded:   so many files of somebody else's in the folder, and a tenth of that of processes that have ended.
// Without a name: all of them. Each prints a line of JSON; the program ends with 1 if anything was wrong.
import { execFileSync, spawnSync } from "node:child_process";
import { chmodSync, chownSync, readdirSync, utimesSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { Trial } from "./trial.mjs";

const YEAR_IN_S = 31_536_000;
const NOBODY = 65_534;
const { positionals, values } = parseArgs({
  allowPositionals: true,
  options: { times: { type: "string", default: "2000" }, files: { type: "string", default: "1000000" } },
});
const [times, files] = [Number(values.times), Number(values.files)];
const trials = { kill, full, clock, "read-only": readOnly, crowded };
const chosen = positionals.length > 0 ? positionals : Object.keys(trials);
for (const name of chosen) {
  if (!trials[name]) throw new Error(`Say one or more of: ${Object.keys(trials).join(", ")}`);
  for (const figures of await trials[name]()) {
    console.log(JSON.stringify({ trial: name, ...figures }));
    if (figures.broken || figures.lost || figures.stuck) process.exitCode = 1;
  }
}

function kill() {
  const script = fileURLToPath(new URL("stress.mjs", import.meta.url));
  return [[], ["--apart"]].map((more) => {
    const { stdout } = spawnSync(process.execPath, [script, "kill", "--kills", String(times), ...more], {
      stdio: ["ignore", "pipe", "inherit"],
      encoding: "utf8",
    });
    return JSON.parse(stdout);
  });
}

async function full() {
  if (process.platform !== "linux" || process.geteuid() !== 0) return [{ skipped: "needs Linux and root" }];
  const trial = new Trial();
  execFileSync("mount", ["-t", "tmpfs", "-o", "size=512k,mode=700", "tmpfs", trial.directory]);
  try {
    for (let round = 0; round < 5; round++) {
      for (let account = 0; account < 200; account++) await trial.save(`person ${account}`);
      const refusedWhenFull = trial.refused;
      if (refusedWhenFull === 0) throw new Error("The disk was never full");
      for (let account = 0; account < 200; account += 2) await trial.remove(`person ${account}`);
    }
    return [await trial.count()];
  } finally {
    execFileSync("umount", [trial.directory]);
    trial.end();
  }
}

async function clock() {
  const trial = new Trial();
  const leap = () => {
    const at = Date.now() / 1000 + (Math.random() - 0.5) * 20 * YEAR_IN_S;
    for (const name of trial.names()) utimesSync(join(trial.directory, name), at, at);
  };
  for (let step = 0; step < times; step++) {
    await trial.save(`person ${step % 3}`, step % 2);
    leap();
    await trial.check(`person ${step % 3}`, (step + 1) % 2);
  }
  return [await trial.finish()];
}

async function readOnly() {
  if (process.platform === "win32" || process.geteuid() !== 0)
    return [{ skipped: "needs root, to be another user" }];
  const trial = new Trial();
  chownSync(trial.directory, NOBODY, NOBODY);
  process.seteuid(NOBODY);
  for (let account = 0; account < 20; account++) await trial.save(`person ${account}`);
  const folders = [join(trial.directory, "test.accounts"), join(trial.directory, "test.accounts", "aside")];
  for (const folder of folders) chmodSync(folder, 0o500);
  const before = trial.refused;
  for (let account = 0; account < 40; account++) await trial.save(`person ${account}`);
  const refused = trial.refused - before;
  if (refused !== 40) throw new Error(`${40 - refused} were saved in a folder that is read-only`);
  await trial.count();
  for (const folder of folders) chmodSync(folder, 0o700);
  for (let account = 0; account < 40; account++) await trial.save(`person ${account}`);
  const figures = await trial.count();
  process.seteuid(0);
  trial.end();
  return [figures];
}

async function crowded() {
  const trial = new Trial();
  for (let account = 0; account < 100; account++) await trial.save(`person ${account}`);
  const folder = join(trial.directory, "test.accounts");
  const [record] = readdirSync(folder).filter((name) => /^[0-9a-f]{40}$/.test(name));
  for (let file = 0; file < files; file++) writeFileSync(join(folder, `of-somebody-${file}`), "");
  for (let file = 0; file < files / 10; file++) {
    const random = file.toString(16).padStart(24, "0");
    writeFileSync(join(folder, "aside", `${record}.${random}.tmp`), "");
  }
  trial.openAnew();
  for (let account = 50; account < 150; account++) await trial.save(`person ${account}`);
  return [{ files: Math.round(files * 1.1), ...(await trial.finish()) }];
}
