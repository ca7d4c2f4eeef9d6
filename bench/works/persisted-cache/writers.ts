import { inTurn } from "../../measure/in-turn.ts";
import { quantile, summarize } from "../../measure/statistics.ts";
import { row, type Row } from "../../report/row.ts";
import type { Stage } from "../work.ts";
import { durations, entradaIn, fill, msalNodeIn, run, type CacheProgram } from "./cache-program.ts";
import { Together } from "./together.ts";

const ACCOUNTS = 1000;
const WRITERS = 8;
// The peer takes seconds for a sign-in while others save.
const ROUNDS = 3;
/** Sign-ins of one process, the first of which is not counted. */
const SAVES = { alone: 20, together: 11 };
// Writers take their own thousand of people in each round, above those that are there.
const PEOPLE_OF_WRITER = 1000;

interface Saves {
  readonly alone: readonly number[];
  readonly together: readonly number[];
  readonly lost: number;
}

/** Sign-ins kept in a cache that holds a thousand accounts, by one process and by eight at the same time. */
export async function writers(stage: Stage): Promise<readonly Row[]> {
  const [entrada, peer] = [entradaIn(stage), msalNodeIn(stage)];
  await fill(entrada, ACCOUNTS);
  await fill(peer, ACCOUNTS);
  const rounds = await inTurn(ROUNDS, { ours: savesOf(entrada), theirs: savesOf(peer) });
  const note = "the peer: msal-node with its extensions' cache plugin, a plain-text file";
  const eight = `each process signs in ${SAVES.together - 1} people in a row, when all have begun; ${note}`;
  const p99 = ({ together }: Saves): number => quantile(together.toSorted(ascending), 0.99);
  const median = ({ together }: Saves): number => summarize(together).median;
  return [
    row({
      work: "cache of 1,000 accounts: a sign-in saved",
      unit: "ms",
      rounds,
      entrada: ({ ours }) => summarize(ours.alone).median,
      peer: ({ theirs }) => summarize(theirs.alone).median,
      goal: { below: 8 },
      note,
    }),
    row({
      work: "the same, 8 processes at once, different people: half of the sign-ins",
      unit: "ms",
      rounds,
      entrada: ({ ours }) => median(ours),
      peer: ({ theirs }) => median(theirs),
      goal: { ratioAtMost: 1 },
      note: eight,
    }),
    row({
      work: "the same: 99 of 100 sign-ins",
      unit: "ms",
      rounds,
      entrada: ({ ours }) => p99(ours),
      peer: ({ theirs }) => p99(theirs),
      goal: { below: 60 },
      note: eight,
    }),
    row({
      work: "the same: lost sign-ins",
      unit: "number",
      rounds: [rounds],
      entrada: (all) => Math.max(...all.map(({ ours }) => ours.lost)),
      peer: (all) => Math.max(...all.map(({ theirs }) => theirs.lost)),
      goal: { atMost: 0 },
    }),
  ];
}

/** One round after the other: each with people who have not signed in before. */
function savesOf(cache: CacheProgram): () => Promise<Saves> {
  let people = 0;
  let expected = ACCOUNTS;
  return async () => {
    const first = (): number => (people += PEOPLE_OF_WRITER);
    const alone = durations(await run(cache, [first(), SAVES.alone]));
    const { go, ready } = startOf(WRITERS);
    const writing = Array.from({ length: WRITERS }, () =>
      run(cache, [first(), SAVES.together, "together"], go, ready),
    );
    const together = (await Promise.all(writing)).flatMap(durations);
    expected += SAVES.alone + WRITERS * SAVES.together;
    const present = (await run(cache, ["list"])).figure("listed", "accounts");
    return { alone, together, lost: expected - present };
  };
}

function startOf(all: number): { readonly go: Promise<void>; readonly ready: () => void } {
  const together = new Together(all);
  return { go: together.go, ready: () => together.ready() };
}

function ascending(a: number, b: number): number {
  return a - b;
}
