import { inTurn } from "../measure/in-turn.ts";
import { runProgram } from "../measure/run-program.ts";
import { row } from "../report/row.ts";
import type { Work } from "./work.ts";

interface Warm {
  readonly perCall: number;
  readonly perConcurrentCall: number;
}

/** `getToken` for a token that is in memory, one account signed in. */
export const warmCalls: Work = {
  name: "warm",
  async measure({ applications, authority, rounds }) {
    const calling = (application: string, program: string) => async (): Promise<Warm> => {
      const { environment, answer: onSaid } = authority;
      const { figure } = await runProgram({ application, program, environment, onSaid });
      await authority.requests();
      return {
        perCall: figure("warm", "perCall"),
        perConcurrentCall: figure("warm", "perConcurrentCall"),
      };
    };
    const results = await inTurn(rounds, {
      entrada: calling(applications.entrada, "warm-entrada"),
      identity: calling(applications.identity, "warm-identity"),
    });
    return [
      row({
        work: "warm getToken, 1 account",
        unit: "µs",
        rounds: results,
        entrada: ({ entrada }) => entrada.perCall,
        peer: ({ identity }) => identity.perCall,
        goal: { below: 0.5, ratioAtMost: 1 / 500 },
      }),
      row({
        work: "warm getToken, 1,000 at once: a call",
        unit: "µs",
        rounds: results,
        entrada: ({ entrada }) => entrada.perConcurrentCall,
        peer: ({ identity }) => identity.perConcurrentCall,
        goal: { ratioAtMost: 1 / 40 },
      }),
    ];
  },
};
