import { inTurn } from "../measure/in-turn.ts";
import { runProgram } from "../measure/run-program.ts";
import { row } from "../report/row.ts";
import type { Work } from "./work.ts";

/** A young generation in which a whole batch of calls finds room. */
const NODE_ARGUMENTS = ["--expose-gc", "--min-semi-space-size=64", "--max-semi-space-size=64"];
// Bytes are counted, not timed: they are the same each time.
const ROUNDS = 2;

/** What a call for a token in memory leaves behind on the heap, the caller's own `await` included. */
export const allocation: Work = {
  name: "allocation",
  async measure({ applications, authority }) {
    const counting = (application: string, program: string) => async (): Promise<number> => {
      const { environment, answer: onSaid } = authority;
      const nodeArguments = NODE_ARGUMENTS;
      const { figure } = await runProgram({ application, program, environment, nodeArguments, onSaid });
      await authority.requests();
      return figure("allocated", "perCall");
    };
    const results = await inTurn(ROUNDS, {
      entrada: counting(applications.entrada, "allocation/allocated-entrada"),
      identity: counting(applications.identity, "allocation/allocated-identity"),
    });
    return [
      row({
        work: "warm getToken, allocated by a call",
        unit: "bytes",
        rounds: results,
        entrada: ({ entrada }) => entrada,
        peer: ({ identity }) => identity,
        goal: { below: 300 },
        note: "about 200 B of it are the caller's own await",
      }),
    ];
  },
};
