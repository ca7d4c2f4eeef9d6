import { inTurn } from "../measure/in-turn.ts";
import { runProgram, type ProgramRun } from "../measure/run-program.ts";
import { CPU_NOTE, row, type GoalOptions, type Row } from "../report/row.ts";
import { EMPTY_PACKAGES } from "../stage/applications.ts";
import type { Work } from "./work.ts";

const CORE = "@entrada/core";
const DEVICE_CODE = "@entrada/device-code";
const BROKER = "@entrada/broker";
const CACHE = "@entrada/cache";
const IDENTITY = "@azure/identity";

// Such a run takes a twentieth of a second and is compared with a difference of a few milliseconds.
const MORE_ROUNDS = 2;
// Whatever else the machine does only adds to a run: the shortest of some shows the work itself.
const RUNS = 3;

const FLOOR_NOTE = "in place of Entrada: packages with one empty class each, installed in the same way";

interface Cost {
  readonly inMs: number;
  readonly cpuInMs: number;
}

interface LineOptions {
  readonly goal?: GoalOptions;
  readonly note?: string;
}

/** The time that an import adds to a process that does nothing else, from start to exit. */
export const importCost: Work = {
  name: "import",
  async measure({ applications, rounds }) {
    const { entrada, empty, identity, "identity-plugins": plugins } = applications;
    const importing =
      (application: string, ...specifiers: readonly string[]) =>
      async (): Promise<Cost> => {
        const runs: ProgramRun[] = [];
        while (runs.length < RUNS)
          runs.push(await runProgram({ application, program: "import", arguments: specifiers }));
        return {
          inMs: Math.min(...runs.map(({ wallInMs }) => wallInMs)),
          cpuInMs: Math.min(...runs.map(({ cpuAt }) => cpuAt("end"))),
        };
      };
    const results = await inTurn(rounds * MORE_ROUNDS, {
      bare: importing(entrada),
      emptyOne: importing(empty, ...EMPTY_PACKAGES.slice(0, 1)),
      emptyTwo: importing(empty, ...EMPTY_PACKAGES.slice(0, 2)),
      core: importing(entrada, CORE),
      deviceCode: importing(entrada, DEVICE_CODE),
      broker: importing(entrada, BROKER),
      cache: importing(entrada, CACHE),
      emptyAll: importing(empty, ...EMPTY_PACKAGES),
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
    const lines = (work: string, ours: Subject, theirs: Subject, { note, ...goal }: LineOptions): Row[] => {
      const added = (subject: Subject, figure: keyof Cost) => (round: (typeof results)[number]) =>
        round[subject][figure] - round.bare[figure];
      return [
        row({
          work: `import ${work}: added to a bare Node`,
          unit: "ms",
          rounds: results,
          entrada: added(ours, "inMs"),
          peer: added(theirs, "inMs"),
          note,
          ...goal,
        }),
        row({
          work: "the same, CPU time",
          unit: "ms",
          rounds: results,
          entrada: added(ours, "cpuInMs"),
          peer: added(theirs, "cpuInMs"),
          note: note === undefined ? CPU_NOTE : `${note}; ${CPU_NOTE}`,
        }),
      ];
    };
    const below = (milliseconds: number): LineOptions => ({
      goal: { below: milliseconds, ratioAtMost: 1 / 80 },
    });
    const floor = { note: FLOOR_NOTE };
    return [
      ...lines("core", "core", "identity", below(5)),
      ...lines("device-code", "deviceCode", "identity", below(5)),
      ...lines("broker", "broker", "identityBroker", below(5)),
      ...lines("cache", "cache", "identityCache", below(5)),
      ...lines("all four", "all", "identityAll", below(10)),
      ...lines("the floor: 1 package, as core is", "emptyOne", "identity", floor),
      ...lines("the floor: 2 packages, as device-code is", "emptyTwo", "identity", floor),
      ...lines("the floor: 2 packages, as cache is", "emptyTwo", "identityCache", floor),
      ...lines("the floor: 2 packages, as broker is", "emptyTwo", "identityBroker", floor),
      ...lines(
        `the floor: ${EMPTY_PACKAGES.length} packages, as all four are`,
        "emptyAll",
        "identityAll",
        floor,
      ),
    ];
  },
};
