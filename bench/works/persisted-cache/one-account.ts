import { inTurn } from "../../measure/in-turn.ts";
import { runProgram, type ProgramRun } from "../../measure/run-program.ts";
import { row, type Row } from "../../report/row.ts";
import type { Stage } from "../work.ts";
import { fill } from "./cache-program.ts";
import { Together } from "./together.ts";

const ACCOUNTS = 10_000;
const PROCESSES = 8;
const ROUNDS = 3;
// A token for another resource in each round: nobody has it yet.
const SCOPES = ["storage.azure.com", "vault.azure.net", "cognitiveservices.azure.com", "graph.microsoft.com"];

interface Renewals {
  readonly sent: number;
  readonly lost: number;
}

/** What processes that share one account cost: one that needs its token, and eight that renew it at once. */
export async function oneAccount(stage: Stage): Promise<readonly Row[]> {
  const { applications, authority } = stage;
  const folder = { few: authority.folder(), many: authority.folder(), peer: authority.folder() };
  const entrada = (of: "few" | "many", ...more: readonly string[]): Cached => ({
    application: applications.entrada,
    program: "cached-entrada",
    folder: folder[of],
    more,
  });
  const peer = (...more: readonly string[]): Cached => ({
    application: applications["identity-plugins"],
    program: "cached-identity",
    folder: folder.peer,
    more,
  });
  await fill({ folder: folder.many, application: applications.entrada, program: "save-entrada" }, ACCOUNTS);
  const run = cachedRuns(stage);
  for (const cached of [entrada("few"), entrada("many"), peer()]) await run(cached);
  const reached = (cached: Cached) => async (): Promise<number> => (await run(cached)).at("token");
  const second = await inTurn(stage.rounds, {
    few: reached(entrada("few")),
    many: reached(entrada("many")),
    found: reached(entrada("many", "", "found")),
  });
  const renewing = (cached: (scope: string) => Cached): (() => Promise<Renewals>) => {
    const scopes = SCOPES.map((resource) => `https://${resource}/.default`).values();
    return () => renewAtOnce(stage, cached(scopes.next().value!));
  };
  const renewed = await inTurn(ROUNDS, {
    ours: renewing((scope) => entrada("few", scope)),
    theirs: renewing((scope) => peer(scope)),
  });
  const note = "both Entrada: the peer column is with 1 account";
  return [
    row({
      work: "second process → cached token among 10,000 accounts, to 1 account",
      unit: "ms",
      rounds: second,
      entrada: ({ many }) => many,
      peer: ({ few }) => few,
      goal: { ratioAtMost: 1.1 },
      note,
    }),
    row({
      work: "the same without a record of whom: looked for among 10,000",
      unit: "ms",
      rounds: second,
      entrada: ({ found }) => found,
      peer: ({ few }) => few,
      note,
    }),
    row({
      work: "8 processes renew one account's token at once: requests",
      unit: "number",
      rounds: renewed,
      entrada: ({ ours }) => ours.sent,
      peer: ({ theirs }) => theirs.sent,
      goal: { atMost: 1 },
      note: "the peer: @azure/identity with its cache persistence, a plain-text file",
    }),
    row({
      work: "the same: tokens that a process after them has to ask for",
      unit: "number",
      rounds: renewed,
      entrada: ({ ours }) => ours.lost,
      peer: ({ theirs }) => theirs.lost,
      goal: { atMost: 0 },
    }),
  ];
}

interface Cached {
  readonly application: string;
  readonly program: string;
  readonly folder: string;
  readonly more: readonly string[];
}

function cachedRuns({ authority }: Stage) {
  return ({ application, program, folder, more }: Cached, start?: Together): Promise<ProgramRun> =>
    runProgram({
      application,
      program,
      arguments: [folder, ...more],
      environment: { ...authority.environment, HOME: folder },
      ...(start && { go: start.go }),
      onSaid: (line) => {
        if (line.mark === "ready") start?.ready();
        else authority.answer(line);
      },
    });
}

async function renewAtOnce(stage: Stage, cached: Cached): Promise<Renewals> {
  const run = cachedRuns(stage);
  const requests = (): number => stage.authority.tokenRequests();
  const before = requests();
  const start = new Together(PROCESSES);
  const together = { ...cached, more: [...cached.more, "together"] };
  await Promise.all(Array.from({ length: PROCESSES }, () => run(together, start)));
  const sent = requests() - before;
  await run(cached);
  return { sent, lost: requests() - before - sent };
}
