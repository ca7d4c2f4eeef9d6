import { runProgram, type ProgramRun } from "../measure/run-program.ts";
import { quantile, summarize } from "../measure/statistics.ts";
import { row, type Row } from "../report/row.ts";
import type { Stage, Work } from "./work.ts";

const ACCOUNTS = 1000;
const WRITERS = 8;
/** Sign-ins of one process. Its first is not counted: it loads what the others have. */
const SAVES = { alone: 20, together: 11 };
// Writers take their own thousand of people, above those that are there.
const FIRST_OF_WRITER = 10_000;

interface Cache {
  readonly folder: string;
  readonly application: string;
  readonly program: string;
}

interface Saves {
  readonly alone: readonly number[];
  readonly together: readonly number[];
  readonly lost: number;
}

/** Sign-ins kept in a cache that holds a thousand accounts, by one process and by eight at the same time. */
export const persistedCache: Work = {
  name: "persisted-cache",
  async measure({ applications, authority }: Stage): Promise<readonly Row[]> {
    const entrada = {
      folder: authority.folder(),
      application: applications.entrada,
      program: "save-entrada",
    };
    const peer = {
      folder: authority.folder(),
      application: applications["identity-plugins"],
      program: "save-msal-node",
    };
    await run(entrada, "fill", ACCOUNTS);
    await run(peer, "fill", ACCOUNTS);
    const ours = await saves(entrada);
    const theirs = await saves(peer);
    const note = "the peer: msal-node with its extensions' cache plugin, a plain-text file";
    const line = (work: string, figure: (saves: Saves) => number, below: number): Row =>
      row({
        work,
        unit: "ms",
        rounds: [{ ours, theirs }],
        entrada: (round) => figure(round.ours),
        peer: (round) => figure(round.theirs),
        goal: { below },
        note,
      });
    return [
      line("cache of 1,000 accounts: a sign-in saved", ({ alone }) => summarize(alone).median, 60),
      row({
        work: "the same, 8 processes at once: half of the sign-ins",
        unit: "ms",
        rounds: [{ ours, theirs }],
        entrada: (round) => summarize(round.ours.together).median,
        peer: (round) => summarize(round.theirs.together).median,
        note: `each process signs in ${SAVES.together - 1} people in a row`,
      }),
      line(
        "the same: 99 of 100 sign-ins",
        ({ together }) => quantile(together.toSorted(ascending), 0.99),
        700,
      ),
      row({
        work: "the same: lost sign-ins",
        unit: "number",
        rounds: [{ ours, theirs }],
        entrada: (round) => round.ours.lost,
        peer: (round) => round.theirs.lost,
        goal: { atMost: 0 },
      }),
    ];
  },
};

async function saves(cache: Cache): Promise<Saves> {
  const alone = durations(await run(cache, 1, SAVES.alone));
  const writers = Array.from({ length: WRITERS }, (_, writer) =>
    run(cache, (writer + 1) * FIRST_OF_WRITER, SAVES.together),
  );
  const together = (await Promise.all(writers)).flatMap(durations);
  const present = (await run(cache, "list")).figure("listed", "accounts");
  const expected = ACCOUNTS + SAVES.alone + WRITERS * SAVES.together;
  return { alone, together, lost: expected - present };
}

function run(
  { folder, application, program }: Cache,
  ...what: readonly (string | number)[]
): Promise<ProgramRun> {
  return runProgram({ application, program, arguments: [folder, ...what.map(String)] });
}

function durations({ said }: ProgramRun): readonly number[] {
  return (said.at(-1)!["saves"] as readonly number[]).slice(1);
}

function ascending(a: number, b: number): number {
  return a - b;
}
