import { inTurn } from "../measure/in-turn.ts";
import { runProgram } from "../measure/run-program.ts";
import { summarize } from "../measure/statistics.ts";
import { row } from "../report/row.ts";
import { createBrowser } from "../stage/browser.ts";
import type { Work } from "./work.ts";

const LATER_SIGN_INS = 8;

interface SignIn {
  readonly openedInMs: number;
  readonly tokenInMs: number;
  readonly requests: number;
  /** The median of the later sign-ins of the process, from the call to the browser. */
  readonly laterInMs: number;
}

/** A process that starts, opens the browser, gets the answer on its loopback port and has a token. */
export const browserSignIn: Work = {
  name: "browser",
  async measure({ applications, authority, rounds }) {
    using browser = createBrowser(authority.folder(), authority.open);
    const environment = { ...authority.environment, ...browser.environment };
    const signingIn = (application: string, program: string) => async (): Promise<SignIn> => {
      await authority.requests();
      browser.forget();
      const count = { application, program, environment, arguments: [String(LATER_SIGN_INS)] };
      const run = await runProgram(count);
      const opened = browser.openedAt.map((at) => at - run.startedAt);
      const called = run.said.filter(({ mark }) => mark === "call").map(({ atInMs }) => atInMs);
      const waits = called.map((at, index) => opened[index]! - at);
      return {
        openedInMs: opened[0]!,
        tokenInMs: run.at("token"),
        requests: (await authority.requests()) / called.length,
        laterInMs: summarize(waits.slice(1)).median,
      };
    };
    const results = await inTurn(rounds, {
      entrada: signingIn(applications.entrada, "browser-entrada"),
      identity: signingIn(applications.identity, "browser-identity"),
    });
    return [
      row({
        work: "process start → browser opened",
        unit: "ms",
        rounds: results,
        entrada: ({ entrada }) => entrada.openedInMs,
        peer: ({ identity }) => identity.openedInMs,
        goal: { ratioBelow: 0.25 },
      }),
      row({
        work: "process start → token (browser)",
        unit: "ms",
        rounds: results,
        entrada: ({ entrada }) => entrada.tokenInMs,
        peer: ({ identity }) => identity.tokenInMs,
        goal: { ratioBelow: 0.4 },
        note: "with the person's own pages, which take both the same time",
      }),
      row({
        work: "requests of a first sign-in (browser)",
        unit: "number",
        rounds: results,
        entrada: ({ entrada }) => entrada.requests,
        peer: ({ identity }) => identity.requests,
        goal: { ratioAtMost: 1 },
      }),
      row({
        work: "call → browser opened, after the first",
        unit: "ms",
        rounds: results,
        entrada: ({ entrada }) => entrada.laterInMs,
        peer: ({ identity }) => identity.laterInMs,
        goal: { below: 30, ratioAtMost: 0.3 },
        note: "each with a new credential, which asks for the metadata again",
      }),
    ];
  },
};
