import { join } from "node:path";
import { openBuiltHost } from "../../native/scripts/wine/built-host.ts";
import { linkTree } from "../../native/scripts/wine/chain/linked-tree.ts";
import { below, exactly, type LimitWork } from "./limit.ts";

const ROUNDS = 20;
/** Windows does not even hear that it is to close its dialog. */
const DEAF = "token.complete=manual&token.cancel=ignore";

/** From the abort of a call to its AbortError, while the dialog of Windows is open: the addon in node.exe under Wine. */
export const cancelWindows: LimitWork = {
  name: "cancel-windows",
  async measure(share) {
    const rounds = Math.max(1, ROUNDS * share);
    const opened = await openBuiltHost();
    if ("lacks" in opened) {
      console.log(`No abort in Windows: no ${opened.lacks}.`);
      return [];
    }
    const { host } = opened;
    try {
      const program = join(linkTree(), "packages/broker/test/wine/abort-in-dialog.ts");
      const { code, stdout, stderr } = await host.run(program, {
        arguments: [String(rounds)],
        env: { FAKE_WAM_SCENARIO: DEAF },
        timeoutInMs: 120_000,
      });
      if (code !== 0) throw new Error(`It ended with ${code}: ${stdout}${stderr}`);
      const ends = stdout.split(/\r?\n/).filter(Boolean);
      const read = ends.map((line) => JSON.parse(line) as { readonly name: string; readonly ms: number });
      return [
        below(
          `the longest of ${rounds} aborts while Windows's dialog is open, under Wine`,
          "ms",
          100,
          Math.max(...read.map(({ ms }) => ms)),
        ),
        exactly("of them ended as aborted", rounds, read.filter(({ name }) => name === "AbortError").length),
      ];
    } finally {
      await host.prefix.close();
    }
  },
};
