import { join } from "node:path";
import { footprint, type Footprint } from "../../tools/measure/footprint.ts";
import { row, type GoalOptions, type Row, type Unit } from "../report/row.ts";
import { STAND_IN } from "../stage/keytar-stand-in.ts";
import type { Work } from "./work.ts";

const MIB = 2 ** 20;

/** What an installation from packed packages into an empty folder leaves there. */
export const installation: Work = {
  name: "install",
  measure({ applications }) {
    const of = (folder: string): Footprint =>
      footprint(join(folder, "node_modules"), [join(folder, STAND_IN)]);
    const deviceCode = { entrada: of(applications["entrada-device-code"]), peer: of(applications.identity) };
    const all = {
      entrada: of(applications["entrada-broker-cache"]),
      peer: of(applications["identity-plugins"]),
    };
    const note = "all three: core, broker and cache; the peer: with both plugins, without keytar's binary";
    const command = of(applications["entrada-cli"]);
    return Promise.resolve([
      ...lines("device-code", deviceCode, { packages: { below: 20 }, bytesOnDisk: { below: 10 } }),
      ...lines("all three", all, { bytesOnDisk: { below: 15 } }, note),
      row({
        work: "install the command entrada: content",
        unit: "MiB",
        rounds: [command.bytes / MIB],
        entrada: (content) => content,
      }),
      row({
        work: "install the command entrada: on disk, its folders included",
        unit: "MiB",
        rounds: [(command.bytesOnDisk + command.bytesOfFolders) / MIB],
        entrada: (blocks) => blocks,
        goal: { below: 12 },
      }),
    ]);
  },
};

interface Pair {
  readonly entrada: Footprint;
  readonly peer: Footprint;
}

function lines(
  what: string,
  pair: Pair,
  goals: Partial<Record<keyof Footprint, GoalOptions>>,
  note?: string,
): readonly Row[] {
  const line = (name: string, field: keyof Footprint, unit: Unit, size = 1): Row => {
    const goal = goals[field];
    return row({
      work: `install ${what}: ${name}`,
      unit,
      rounds: [pair],
      entrada: ({ entrada }) => entrada[field] / size,
      peer: ({ peer }) => peer[field] / size,
      ...(goal && { goal }),
      note,
    });
  };
  return [
    line("packages", "packages", "number"),
    line("files", "files", "number"),
    line("content", "bytes", "MiB", MIB),
    line("on disk", "bytesOnDisk", "MiB", MIB),
  ];
}
