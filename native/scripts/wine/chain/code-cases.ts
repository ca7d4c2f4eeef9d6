import assert from "node:assert/strict";
import { join } from "node:path";
import type { ChainCase } from "./chain-cases.ts";

// Some 185 codes, each in an answer and as the end of a call, silently and in a dialog.
const FEWEST = 700;

/** What each number of Windows becomes on its way through the addon. */
export const codeCases: readonly ChainCase[] = [
  {
    name: "every code of Windows comes out as the error that it means",
    run: async (chain) => {
      const run = await chain.run(join("codes", "every-code.ts"), { scenario: {} });
      const { code, stderr, lines } = run;
      const [last = "", ...wrong] = lines.toReversed();
      assert.deepEqual({ code, stderr, wrong }, { code: 0, stderr: "", wrong: [] });
      const errors = Number(/^(\d+) errors$/.exec(last)?.[1]);
      assert.ok(errors >= FEWEST, last);
      console.log(`  ${errors} errors`);
    },
  },
];
