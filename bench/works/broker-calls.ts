import { execFile } from "node:child_process";
import { join } from "node:path";
import { promisify } from "node:util";
import { row, type Row } from "../report/row.ts";
import { ROOT } from "../stage/folders.ts";
import type { Work } from "./work.ts";

const run = promisify(execFile);

// What the tests of the addon say of ten thousand requests, each ended within the call.
const FIGURES =
  /(\d+) silent requests, ended inline, in [\d.]+ s; (\d+) a second; resident .*? MB, (-?[\d.]+) MB more than before/;

/**
 * Requests through the Windows addon, in the Windows node.exe under Wine, against the Web Account Manager of the
 * addon's own tests. Those print the figures; where Wine or the cross compiler is missing there are none.
 */
export const brokerCalls: Work = {
  name: "broker",
  async measure(): Promise<readonly Row[]> {
    const { stdout } = await run(process.execPath, ["scripts/test-wine.mjs", "lifetime"], {
      cwd: join(ROOT, "native"),
    });
    const figures = FIGURES.exec(stdout);
    if (!figures) {
      console.log(`No figures of the addon: ${stdout.trim().split("\n")[0]}`);
      return [];
    }
    const [, , perSecond, grownInMB] = figures.map(Number);
    const note =
      "in node.exe under Wine, against a Web Account Manager that answers at once; there is no peer there";
    return [
      row({
        work: "broker: a silent request through the addon",
        unit: "µs",
        rounds: [1_000_000 / perSecond!],
        entrada: (microseconds) => microseconds,
        note,
      }),
      row({
        work: "broker: memory that 10,000 requests leave behind",
        unit: "MB",
        rounds: [grownInMB!],
        entrada: (megabytes) => megabytes,
        goal: { below: 1 },
        note,
      }),
    ];
  },
};
