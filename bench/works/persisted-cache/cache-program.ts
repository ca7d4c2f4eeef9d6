import { runProgram, type ProgramRun } from "../../measure/run-program.ts";
import type { Stage } from "../work.ts";

/** A folder with a cache in it, and the program that signs people in there. */
export interface CacheProgram {
  readonly folder: string;
  readonly application: string;
  readonly program: string;
}

/** Two fill a cache in half the time, and there is no machine with fewer processors. */
const FILLERS = 2;

export function entradaIn({ applications, authority }: Stage): CacheProgram {
  return { folder: authority.folder(), application: applications.entrada, program: "save-entrada" };
}

export function msalNodeIn({ applications, authority }: Stage): CacheProgram {
  return {
    folder: authority.folder(),
    application: applications["identity-plugins"],
    program: "save-msal-node",
  };
}

/** Has so many accounts in the cache, of people who are none of those that sign in. */
export async function fill(cache: CacheProgram, accounts: number): Promise<void> {
  if (cache.program !== "save-entrada") return void (await run(cache, ["fill", accounts]));
  const share = Math.ceil(accounts / FILLERS);
  const starts = Array.from({ length: FILLERS }, (_, index) => index * share);
  await Promise.all(starts.map((start) => run(cache, ["fill", Math.min(share, accounts - start), start])));
  // Who lists them first puts the index in order.
  await run(cache, ["list"]);
}

export function run(
  { folder, application, program }: CacheProgram,
  what: readonly (string | number)[],
  go?: Promise<unknown>,
  onReady?: () => void,
): Promise<ProgramRun> {
  return runProgram({
    application,
    program,
    arguments: [folder, ...what.map(String)],
    ...(go && { go, onSaid: ({ mark }) => mark === "ready" && onReady?.() }),
  });
}

/** How long each sign-in took, but the first: it loads what the others have. */
export function durations({ said }: ProgramRun): readonly number[] {
  return (said.at(-1)!["saves"] as readonly number[]).slice(1);
}
