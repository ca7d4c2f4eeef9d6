import { execFile } from "node:child_process";
import { join } from "node:path";
import { promisify } from "node:util";
import { CPU_NOTE, row, type Row } from "../report/row.ts";
import { ROOT } from "../stage/folders.ts";
import type { Work } from "./work.ts";

const run = promisify(execFile);

// A run is a minute's work.
const MOST_ROUNDS = 3;

// What the tests of the addon say of ten thousand requests, each ended within the call.
const THROUGH_ADDON =
  /^ *\d+ silent requests, ended inline, in [\d.]+ s; (\d+) a second, (\d+) µs of CPU each; resident .*? MB, (-?[\d.]+) MB more than before/m;
const BARE = /^ *\d+ bare silent requests, ended inline, in [\d.]+ s; (\d+) a second, (\d+) µs of CPU each/m;

interface Cost {
  readonly microseconds: number;
  readonly cpuMicroseconds: number;
}

interface Round {
  readonly addon: Cost;
  readonly bare: Cost;
  readonly grownInMB: number;
}

/**
 * Requests through the Windows addon, in the Windows node.exe under Wine, against the Web Account Manager of the
 * addon's own tests, and the same calls by a program in C++ without Node.js. Those tests print the figures; where Wine
 * or the cross compiler is missing there are none.
 */
export const brokerCalls: Work = {
  name: "broker",
  async measure({ rounds: wanted }): Promise<readonly Row[]> {
    const rounds: Round[] = [];
    while (rounds.length < Math.min(wanted, MOST_ROUNDS)) {
      const { stdout } = await run(process.execPath, ["scripts/test-wine.mjs", "lifetime"], {
        cwd: join(ROOT, "native"),
      });
      const round = roundOf(stdout);
      if (!round) {
        console.log(`No figures of the addon: ${stdout.trim().split("\n")[0]}`);
        return [];
      }
      rounds.push(round);
    }
    const note =
      "in node.exe under Wine, against a Web Account Manager that answers at once; there is no peer there";
    const besideBare =
      "beside a program in C++ that makes the same calls, 10,000 times, in the same run, under Wine; there is no " +
      "peer. This Windows answers at once: of one that takes longer the addon has a smaller share";
    return [
      row({
        work: "broker: a silent request through the addon",
        unit: "µs",
        rounds,
        entrada: ({ addon }) => addon.microseconds,
        note,
      }),
      row({
        work: "broker: a silent request through the addon, to a bare WinRT call",
        unit: "times",
        rounds,
        entrada: ({ addon, bare }) => addon.microseconds / bare.microseconds,
        note: besideBare,
      }),
      row({
        work: "broker: CPU of a silent request through the addon, to a bare WinRT call",
        unit: "times",
        rounds,
        entrada: ({ addon, bare }) => addon.cpuMicroseconds / bare.cpuMicroseconds,
        note: `${besideBare}; ${CPU_NOTE}`,
      }),
      row({
        work: "broker: memory that 10,000 requests leave behind",
        unit: "MB",
        rounds,
        entrada: ({ grownInMB }) => grownInMB,
        goal: { below: 1 },
        note,
      }),
    ];
  },
};

function roundOf(said: string): Round | undefined {
  const addon = THROUGH_ADDON.exec(said);
  const bare = BARE.exec(said);
  if (!addon || !bare) return undefined;
  return {
    addon: costOf(addon),
    bare: costOf(bare),
    grownInMB: Number(addon[3]),
  };
}

function costOf([, perSecond, cpuMicroseconds]: RegExpExecArray): Cost {
  return { microseconds: 1_000_000 / Number(perSecond), cpuMicroseconds: Number(cpuMicroseconds) };
}
