import { inTurn } from "../measure/in-turn.ts";
import { runProgram } from "../measure/run-program.ts";
import { row } from "../report/row.ts";
import type { Work } from "./work.ts";

const MANY = 10_000;
// A call of the peer takes a quarter of a second with so many tokens.
const PEER_CALLS = { one: 1000, many: 10 };
const PEER_ROUNDS = 2;

/** `getToken` with ten thousand accounts in the token cache, or ten thousand tokens in memory, and with one. */
export const manyTokens: Work = {
  name: "many-tokens",
  async measure({ applications, authority, rounds }) {
    const calling = (application: string, program: string, ...counts: readonly number[]) => {
      return async (): Promise<number> => {
        const { environment, answer: onSaid } = authority;
        const settings = {
          application,
          program,
          environment,
          onSaid,
          nodeArguments: ["--expose-gc"],
          arguments: counts.map(String),
        };
        const { figure } = await runProgram(settings);
        await authority.requests();
        return figure("warm", "perCall");
      };
    };
    const { entrada, identity } = applications;
    const ours = await inTurn(rounds, {
      oneAccount: calling(entrada, "many-accounts-entrada", 1),
      accounts: calling(entrada, "many-accounts-entrada", MANY),
      oneToken: calling(entrada, "many-tokens-entrada", 1),
      tokens: calling(entrada, "many-tokens-entrada", MANY),
      onePromise: calling(entrada, "map-look-ups", 1),
      promises: calling(entrada, "map-look-ups", MANY),
    });
    const theirs = await inTurn(PEER_ROUNDS, {
      one: calling(identity, "many-tokens-identity", 1, PEER_CALLS.one),
      many: calling(identity, "many-tokens-identity", MANY, PEER_CALLS.many),
    });
    return [
      row({
        work: "warm getToken among 10,000 accounts, to 1 account",
        unit: "µs",
        rounds: ours,
        entrada: ({ accounts }) => accounts,
        peer: ({ oneAccount }) => oneAccount,
        goal: { ratioAtMost: 1.5 },
        note: "both Entrada: the peer column is with 1 account",
      }),
      row({
        work: "warm getToken, 10,000 tokens in turn, to 1 token",
        unit: "µs",
        rounds: ours,
        entrada: ({ tokens }) => tokens,
        peer: ({ oneToken }) => oneToken,
        goal: { ratioAtMost: 1.5 },
        note: "both Entrada: the peer column is with 1 token. Each call asks for another token than the one before",
      }),
      row({
        work: "the floor: a Map of 10,000 promises in turn, to 1 promise",
        unit: "µs",
        rounds: ours,
        entrada: ({ promises }) => promises,
        peer: ({ onePromise }) => onePromise,
        note: "neither library: what is not in the processor's cache takes longer to look up",
      }),
      row({
        work: "10,000 tokens in turn, of @azure/identity",
        unit: "µs",
        rounds: theirs,
        entrada: ({ many }) => many,
        peer: ({ one }) => one,
        note: "both @azure/identity: the peer column is with 1 token",
      }),
    ];
  },
};
