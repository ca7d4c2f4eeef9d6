import { inTurn } from "../../measure/in-turn.ts";
import { summarize } from "../../measure/statistics.ts";
import { row, type Row } from "../../report/row.ts";
import type { Stage } from "../work.ts";
import { durations, entradaIn, fill, run } from "./cache-program.ts";

const SAVES = 11;
const SIZES = [10, 1000, 10_000, 100_000] as const;
type Size = (typeof SIZES)[number];
const LISTED = 10_000;
const FIRST_PERSON = 1;

/** What a sign-in and a list of the accounts cost among few accounts and among many. */
export async function growth(stage: Stage): Promise<readonly Row[]> {
  const caches = new Map(SIZES.map((size) => [size, entradaIn(stage)] as const));
  for (const [accounts, cache] of caches) await fill(cache, accounts);
  let person = FIRST_PERSON;
  const saving = (accounts: Size) => async (): Promise<number> =>
    summarize(durations(await run(caches.get(accounts)!, [(person += SAVES), SAVES]))).median;
  const rounds = await inTurn<`${Size}`, number>(stage.rounds, {
    "10": saving(10),
    "1000": saving(1000),
    "10000": saving(10_000),
    "100000": saving(100_000),
  });
  const listing = await inTurn(stage.rounds, {
    listed: async () => (await run(caches.get(LISTED)!, ["list"])).figure("listed", "inMs"),
  });
  const note = "both Entrada: the peer column is among 10 accounts";
  const among = (accounts: Size): Row =>
    row({
      work: `the same among ${accounts.toLocaleString("en")}`,
      unit: "ms",
      rounds,
      entrada: (round) => round[`${accounts}`],
      peer: (round) => round["10"],
      goal: { below: 8, ...(accounts === 100_000 && { ratioAtMost: 1.3 }) },
      note,
    });
  return [
    row({
      work: "a sign-in saved among 10 accounts",
      unit: "ms",
      rounds,
      entrada: (round) => round["10"],
      goal: { below: 8 },
    }),
    among(1000),
    among(10_000),
    among(100_000),
    row({
      work: "accounts() among 10,000, in a new process",
      unit: "ms",
      rounds: listing,
      entrada: ({ listed }) => listed,
      goal: { below: 60 },
      note: "the call, with the files of Entrada that it loads",
    }),
  ];
}
