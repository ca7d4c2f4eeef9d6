import { inTurn } from "../measure/in-turn.ts";
import { runProgram } from "../measure/run-program.ts";
import { CPU_NOTE, row } from "../report/row.ts";
import { POLL_INTERVAL_IN_MS } from "../stage/authority.ts";
import type { Work } from "./work.ts";

const MB = 1_000_000;

const FLOOR_NOTE =
  "in place of Entrada: a bare Node with the same two requests on one connection, and nothing else";

interface SignIn {
  readonly promptInMs: number;
  readonly promptCpuInMs: number;
  readonly tokenInMs: number;
  readonly requests: number;
  readonly rss: number;
}

/** A process that starts, shows a device code, waits for the person and has a token. */
export const deviceCodeSignIn: Work = {
  name: "device-code",
  async measure({ applications, authority, rounds }) {
    const signingIn = (application: string, program: string) => async (): Promise<SignIn> => {
      await authority.requests();
      const { environment, answer: onSaid } = authority;
      const run = await runProgram({ application, program, environment, onSaid });
      return {
        promptInMs: run.at("prompt"),
        promptCpuInMs: run.cpuAt("prompt"),
        tokenInMs: run.at("token") - POLL_INTERVAL_IN_MS,
        requests: await authority.requests(),
        rss: run.figure("token", "rss"),
      };
    };
    const results = await inTurn(rounds, {
      bare: async () => {
        const run = await runProgram({ application: applications.entrada, program: "rss" });
        return {
          promptInMs: 0,
          promptCpuInMs: 0,
          tokenInMs: 0,
          requests: 0,
          rss: run.figure("token", "rss"),
        };
      },
      floor: async () => {
        const { environment } = authority;
        const application = applications["entrada-device-code"];
        const run = await runProgram({ application, program: "device-code-floor", environment });
        return {
          promptInMs: run.at("prompt"),
          promptCpuInMs: run.cpuAt("prompt"),
          tokenInMs: 0,
          requests: 0,
          rss: 0,
        };
      },
      entrada: signingIn(applications["entrada-device-code"], "device-code-entrada"),
      identity: signingIn(applications.identity, "device-code-identity"),
    });
    return [
      row({
        work: "process start → device code shown",
        unit: "ms",
        rounds: results,
        entrada: ({ entrada }) => entrada.promptInMs,
        peer: ({ identity }) => identity.promptInMs,
        goal: { ratioBelow: 0.25 },
      }),
      row({
        work: "the same, CPU time",
        unit: "ms",
        rounds: results,
        entrada: ({ entrada }) => entrada.promptCpuInMs,
        peer: ({ identity }) => identity.promptCpuInMs,
        note: CPU_NOTE,
      }),
      row({
        work: "the floor: process start → a bare Node has the same answers",
        unit: "ms",
        rounds: results,
        entrada: ({ floor }) => floor.promptInMs,
        peer: ({ identity }) => identity.promptInMs,
        note: FLOOR_NOTE,
      }),
      row({
        work: "the same, CPU time",
        unit: "ms",
        rounds: results,
        entrada: ({ floor }) => floor.promptCpuInMs,
        peer: ({ identity }) => identity.promptCpuInMs,
        note: `${FLOOR_NOTE}; ${CPU_NOTE}`,
      }),
      row({
        work: "process start → device code shown, to that floor",
        unit: "ms",
        rounds: results,
        entrada: ({ entrada }) => entrada.promptInMs,
        peer: ({ floor }) => floor.promptInMs,
        note: "the peer here is a bare Node",
      }),
      row({
        work: "process start → token (device code)",
        unit: "ms",
        rounds: results,
        entrada: ({ entrada }) => entrada.tokenInMs,
        peer: ({ identity }) => identity.tokenInMs,
        goal: { ratioBelow: 0.4 },
        note: "without the one polling interval of 1 s that both wait: the person answers after the peer's first poll",
      }),
      row({
        work: "requests of a first sign-in (device code)",
        unit: "number",
        rounds: results,
        entrada: ({ entrada }) => entrada.requests,
        peer: ({ identity }) => identity.requests,
        goal: { ratioAtMost: 1 },
        note: "each asks once for the metadata, which the public cloud does not need; the peer polls once at once",
      }),
      row({
        work: "memory added by a sign-in (RSS)",
        unit: "MB",
        rounds: results,
        entrada: ({ entrada, bare }) => (entrada.rss - bare.rss) / MB,
        peer: ({ identity, bare }) => (identity.rss - bare.rss) / MB,
        goal: { ratioBelow: 0.8 },
      }),
    ];
  },
};
