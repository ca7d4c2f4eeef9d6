import { execFile } from "node:child_process";
import { join } from "node:path";
import { promisify } from "node:util";
import { row, type Row } from "../report/row.ts";
import { ROOT } from "../stage/folders.ts";
import type { Work } from "./work.ts";

const run = promisify(execFile);

// A run is a minute's work.
const MOST_ROUNDS = 3;

// What the tests of the addon say of ten thousand requests, each ended within the call.
const THROUGH_ADDON =
  /^ *\d+ silent requests, ended inline, in [\d.]+ s; (\d+) a second; resident .*? MB, (-?[\d.]+) MB more than before/m;
const BARE = /^ *\d+ bare silent requests, ended inline, in [\d.]+ s; (\d+) a second/m;

interface Round {
  readonly microseconds: number;
  readonly bareMicroseconds: number;
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
    return [
      row({
        work: "broker: a silent request through the addon",
        unit: "µs",
        rounds,
        entrada: ({ microseconds }) => microseconds,
        note,
      }),
      row({
        work: "broker: a silent request through the addon, to a bare WinRT call",
        unit: "times",
        rounds,
        entrada: ({ microseconds, bareMicroseconds }) => microseconds / bareMicroseconds,
        note:
          "beside a program in C++ that makes the same calls, 10,000 times, in the same run, under Wine; there is no " +
          "peer. This Windows answers at once: of one that takes longer the addon has a smaller share",
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
    microseconds: 1_000_000 / Number(addon[1]),
    bareMicroseconds: 1_000_000 / Number(bare[1]),
    grownInMB: Number(addon[2]),
  };
}
