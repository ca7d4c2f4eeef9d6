import { inTurn } from "../measure/in-turn.ts";
import { runProgram } from "../measure/run-program.ts";
import { row } from "../report/row.ts";
import type { Work } from "./work.ts";

const CORE = "@entrada/core";
const DEVICE_CODE = "@entrada/device-code";
const BROKER = "@entrada/broker";
const CACHE = "@entrada/cache";
const IDENTITY = "@azure/identity";

// Such a run takes a twentieth of a second and is compared with a difference of a few milliseconds.
const MORE_ROUNDS = 2;

/** The time that an import adds to a process that does nothing else, from start to exit. */
export const importCost: Work = {
  name: "import",
  async measure({ applications, rounds }) {
    const { entrada, identity, "identity-plugins": plugins } = applications;
    const importing =
      (application: string, ...specifiers: readonly string[]) =>
      async (): Promise<number> =>
        (await runProgram({ application, program: "import", arguments: specifiers })).wallInMs;
    const results = await inTurn(rounds * MORE_ROUNDS, {
      bare: importing(entrada),
      core: importing(entrada, CORE),
      deviceCode: importing(entrada, DEVICE_CODE),
      broker: importing(entrada, BROKER),
      cache: importing(entrada, CACHE),
      all: importing(entrada, CORE, DEVICE_CODE, BROKER, CACHE),
      identity: importing(identity, IDENTITY),
      identityBroker: importing(plugins, IDENTITY, "@azure/identity-broker"),
      identityCache: importing(plugins, IDENTITY, "@azure/identity-cache-persistence"),
      identityAll: importing(
        plugins,
        IDENTITY,
        "@azure/identity-broker",
        "@azure/identity-cache-persistence",
      ),
    });
    type Subject = keyof (typeof results)[number];
    const line = (work: string, ours: Subject, theirs: Subject, below: number) =>
      row({
        work: `import ${work}: added to a bare Node`,
        unit: "ms",
        rounds: results,
        entrada: (round) => round[ours] - round.bare,
        peer: (round) => round[theirs] - round.bare,
        goal: { below, ratioAtMost: 1 / 80 },
      });
    return [
      line("core", "core", "identity", 5),
      line("device-code", "deviceCode", "identity", 5),
      line("broker", "broker", "identityBroker", 5),
      line("cache", "cache", "identityCache", 5),
      line("all four", "all", "identityAll", 10),
    ];
  },
};
