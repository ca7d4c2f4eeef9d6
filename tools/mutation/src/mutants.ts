// `npm run mutants -- ROOM ...`: changes one place of a room of the heart at a time and sees whether its tests notice.
// `-- --changed REF` takes only the files that differ from REF, in every room; `-- --seeded` tries the mutants that were
// named by hand. `--files GLOB` tries only these files of the rooms, and `--workers N` fewer at once on a machine that
// has other work. Writes docs/mutants.md, and fails where a mutant survives that no reason was written down for.
import { spawnSync } from "node:child_process";
import { globSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join, matchesGlob } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { judgeRoom, type Survivor } from "./judge-room.ts";
import type { MutationReport } from "./mutation-report.ts";
import { mutantsPage } from "./mutants-page.ts";
import { triable } from "./needed-programs.ts";
import type { Room } from "./room.ts";
import { readResults, writeResult } from "./room-result.ts";
import { ROOMS, roomOf } from "./rooms.ts";
import { SEEDED } from "./seeded.ts";
import { strykerOptions } from "./stryker-options.ts";
import { SURVIVORS } from "./survivors.ts";
import { trySeeded } from "./try-seeded.ts";

const ROOT = fileURLToPath(new URL("../../..", import.meta.url));
const WORK = join(ROOT, ".cache", "mutation");
const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    seeded: { type: "boolean" },
    changed: { type: "string" },
    files: { type: "string" },
    page: { type: "boolean" },
    workers: { type: "string" },
  },
});

if (values.seeded === true) process.exitCode = trySeeded(ROOT, triable(SEEDED));
else if (values.changed !== undefined) process.exitCode = tryFiles(ROOMS, changedSince(values.changed));
else if (values.files !== undefined) process.exitCode = tryFiles(askedRooms(), filesLike(values.files));
else if (values.page === true) writePage();
else process.exitCode = tryRooms(askedRooms());

// A workflow, which pastes nothing into a command, names its room in the environment.
function askedRooms(): readonly Room[] {
  const { ROOM = "" } = process.env;
  const names = positionals.length > 0 || ROOM === "" ? positionals : [ROOM];
  return names.length > 0 ? names.map(roomOf) : ROOMS;
}

function tryRooms(rooms: readonly Room[]): number {
  let unexplained = 0;
  for (const room of triable(rooms)) {
    const result = judgeRoom(room, run(room), SURVIVORS);
    writeResult(ROOT, { ...result, date: new Date().toISOString().slice(0, 10), commit: lastChangeOf(room) });
    console.log(
      `${room.name}: ${result.killed} of ${result.mutants} noticed, ${result.survivors.length} survived, ${result.score} %`,
    );
    unexplained += tell(result.survivors);
  }
  writePage();
  return unexplained === 0 ? 0 : 1;
}

// What a page says of a room is about the whole of it, so a part of it leaves the page alone.
function tryFiles(rooms: readonly Room[], asked: readonly string[]): number {
  let unexplained = 0;
  for (const room of rooms) {
    const files = asked.filter(
      (file) =>
        !file.endsWith(".test.ts") &&
        room.sources.some((source) => matchesGlob(file, `${room.folder}/${source}`)),
    );
    if (files.length === 0 || triable([room]).length === 0) continue;
    const result = judgeRoom(room, run(room, files), SURVIVORS);
    console.log(`${files.join(", ")}: ${result.killed} of ${result.mutants} noticed`);
    unexplained += tell(result.survivors);
  }
  return unexplained === 0 ? 0 : 1;
}

function filesLike(pattern: string): readonly string[] {
  const files = globSync(pattern, { cwd: ROOT });
  if (files.length > 0) return files;
  throw new Error(`No file of the repository is called ${pattern}; write it as seen from the root`);
}

function changedSince(reference: string): readonly string[] {
  return git("diff", "--name-only", "--diff-filter=AMR", `${reference}...HEAD`).split("\n");
}

function tell(survivors: readonly Survivor[]): number {
  const unexplained = survivors.filter(({ reason }) => reason === undefined);
  for (const { file, line, from, to } of unexplained)
    console.log(`  ${file}:${line}\n    - ${from}\n    + ${to}`);
  return unexplained.length;
}

function run(room: Room, files?: readonly string[]): MutationReport {
  mkdirSync(WORK, { recursive: true });
  const options = join(WORK, `${room.name}.options.json`);
  const report = join(WORK, `${room.name}.json`);
  rmSync(report, { force: true });
  writeFileSync(options, JSON.stringify(strykerOptions(room, report, { files, workers: values.workers })));
  const stryker = fileURLToPath(
    new URL("../../bin/stryker.js", import.meta.resolve("@stryker-mutator/core")),
  );
  const { status } = spawnSync(process.execPath, [stryker, "run", options], {
    cwd: ROOT,
    stdio: "inherit",
    env: { ...process.env, MUTATION_ROOM: room.name },
  });
  if (status !== 0) throw new Error(`${room.name} could not be tried: Stryker has said why`);
  return JSON.parse(readFileSync(report, "utf8")) as MutationReport;
}

function writePage(): void {
  writeFileSync(join(ROOT, "docs", "mutants.md"), mutantsPage(ROOMS, readResults(ROOT), SEEDED));
}

// A rebase gives other commits other names, but not those that were there before.
function lastChangeOf(room: Room): string {
  const patterns = room.sources.map((source) => `:(glob)${room.folder}/${source.replace(/!\(.*?\)/u, "*")}`);
  return git("log", "-1", "--abbrev=12", "--format=%h", "--", ...patterns);
}

function git(...args: readonly string[]): string {
  const { status, stdout, stderr } = spawnSync("git", args, { cwd: ROOT, encoding: "utf8" });
  if (status !== 0) throw new Error(`git ${args[0]}: ${stderr}`);
  return stdout.trim();
}
