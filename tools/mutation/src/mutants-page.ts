import type { Survivor } from "./judge-room.ts";
import type { RoomResult } from "./room-result.ts";
import type { Room } from "./room.ts";
import type { SeededMutant } from "./seeded-mutant.ts";

/** The page `docs/mutants.md`. */
export function mutantsPage(
  rooms: readonly Room[],
  results: ReadonlyMap<string, RoomResult>,
  seeded: readonly SeededMutant[],
): string {
  const tried = rooms.flatMap(({ name }) => results.get(name) ?? []);
  return [
    "# Mutants",
    "",
    "Do the tests notice a fault? One place of the code is changed at a time, and the tests beside it are run. A change that no test notices has survived: either a test is missing, or it changes nothing. [Reliability](reliability.md) has the faults and attacks, and what holds each of them.",
    "",
    "`npm run mutants -- ROOM` tries a room with [Stryker](https://stryker-mutator.io) and writes its line of this page; a workflow does it for all of them each week, and for the changed files of a pull request. Not tried are sentences for people, and tables and patterns that are made once, when a file is loaded; they do not count. Tests of time, of load, with random inputs and in processes of their own say nothing here and are left out.",
    "",
    "## Rooms",
    "",
    "| room | mutants | noticed | survived, with a reason | survived, without | score | not tried | last run |",
    "| --- | --- | --- | --- | --- | --- | --- | --- |",
    ...rooms.map((room) => lineOf(room, results.get(room.name))),
    "",
    "The score is the share of those that change something.",
    "",
    "## By hand",
    "",
    `${seeded.length} faults of the kind that an attacker or a busy machine would find. \`npm run mutants -- --seeded\` tries each, and fails where none of its tests notices it.`,
    "",
    "| fault | the rule that it breaks | held by |",
    "| --- | --- | --- |",
    ...seeded.map(({ name, rule, tests }) => `| ${name} | ${rule} | ${tests.map(code).join("<br>")} |`),
    ...survivorsOf(tried),
    "",
  ].join("\n");
}

function lineOf({ name, folder }: Room, result: RoomResult | undefined): string {
  const place = `${name} (${code(folder)})`;
  if (result === undefined) return `| ${place} | | | | | | | not yet |`;
  const { mutants, untried, killed, equivalent, survivors, score, date, commit } = result;
  const open = survivors.length - equivalent;
  return `| ${place} | ${mutants} | ${killed} | ${equivalent} | ${open} | ${score} % | ${untried} | ${date}, ${code(commit)} |`;
}

function survivorsOf(results: readonly RoomResult[]): readonly string[] {
  const all = results.flatMap(({ survivors }) => survivors);
  if (all.length === 0) return [];
  return [
    "",
    "## Survivors",
    "",
    "| place | the change | why it changes nothing |",
    "| --- | --- | --- |",
    ...all.map((survivor) => survivorLine(survivor)),
  ];
}

const LONGEST = 120;

function survivorLine({ file, line, from, to, reason = "a test is missing" }: Survivor): string {
  return `| ${code(`${file}:${line}`)} | ${short(from)} to ${short(to)} | ${reason} |`;
}

function short(text: string): string {
  const line = text.replaceAll(/\s+/gu, " ");
  if (line === "") return "nothing";
  return code(line.length <= LONGEST ? line : `${line.slice(0, LONGEST)}\u2026`);
}

function code(text: string): string {
  const fence = text.includes("`") ? "`` " : "`";
  return `${fence}${text.replaceAll("|", "\\|")}${fence.split("").toReversed().join("")}`;
}
