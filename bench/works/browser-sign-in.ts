import { inTurn } from "../measure/in-turn.ts";
import { runProgram } from "../measure/run-program.ts";
import { summarize } from "../measure/statistics.ts";
import { row } from "../report/row.ts";
import { createBrowser } from "../stage/browser.ts";
import type { Stage, Work } from "./work.ts";

const LATER_SIGN_INS = 8;
// The public cloud needs no metadata, so that nothing is sent before the person has answered. Should anything be, it
// would end at a port of this machine where nobody listens.
const PUBLIC_CLOUD = {
  AZURE_AUTHORITY_HOST: "https://login.microsoftonline.com",
  HTTPS_PROXY: "http://127.0.0.1:9",
};

interface SignIn {
  readonly tokenInMs: number;
  readonly requests: number;
  /** The median of the later sign-ins of the process, from the call to the browser. */
  readonly laterInMs: number;
}

/** A process that starts, opens the browser, gets the answer on its loopback port and has a token. */
export const browserSignIn: Work = {
  name: "browser",
  async measure({ applications, authority, rounds }) {
    const opening = await measureOpening({ applications, authority, rounds });
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
        rounds: opening,
        entrada: ({ entrada }) => entrada,
        peer: ({ identity }) => identity,
        goal: { ratioBelow: 0.25 },
        note: "at the address of the public cloud, which needs no request before the browser",
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

async function measureOpening({ applications, authority, rounds }: Stage) {
  let seen = (): void => undefined;
  using browser = createBrowser(authority.folder(), () => seen());
  const environment = { ...authority.environment, ...PUBLIC_CLOUD, ...browser.environment };
  const opening = (application: string, program: string) => async (): Promise<number> => {
    const enough = new AbortController();
    seen = () => enough.abort();
    browser.forget();
    const run = await runProgram({ application, program, environment, enough: enough.signal });
    return browser.openedAt[0]! - run.startedAt;
  };
  return await inTurn(rounds, {
    entrada: opening(applications.entrada, "browser-entrada"),
    identity: opening(applications.identity, "browser-identity"),
  });
}
