import { existsSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { openBuiltHost } from "../../native/scripts/wine/built-host.ts";
import { winePath } from "../../native/scripts/wine/paths.ts";
import type { WamHost } from "../../native/scripts/wine/wam-host.ts";
import { ADA, CLIENT_ID } from "../../packages/broker/test/fake-account.ts";
import { scenarioOfAnswer } from "../../packages/broker/test/wine/scenario-of-answer.ts";
import { inTurn } from "../measure/in-turn.ts";
import { row, type Row } from "../report/row.ts";
import type { Stage } from "./work.ts";

const NOTE =
  "from the start of node.exe to its end, under Wine, against a Web Account Manager that answers at once";

/** A token in the Windows Node.js under Wine, from the start of the process to its end, beside one that does nothing. */
export async function windowsStart({ applications, rounds }: Stage): Promise<readonly Row[]> {
  const application = applications["entrada-on-windows"];
  if (!existsSync(join(application, "node_modules/@entrada/wam-win32-x64/wam.node"))) {
    console.log(
      "No start in Windows: the addon was not compiled before it was packed (npm run build:native).",
    );
    return [];
  }
  const opened = await openBuiltHost();
  if ("lacks" in opened) {
    console.log(`No start in Windows: no ${opened.lacks}.`);
    return [];
  }
  const { host } = opened;
  try {
    const nothing = join(application, "programs", "nothing.mjs");
    writeFileSync(nothing, "");
    const figures = await inTurn(rounds, {
      token: () => timed(host, join(application, "programs", "broker", "token.mjs"), SAYS_TOKEN),
      bare: () => timed(host, nothing, NOTHING),
    });
    return [
      row({
        work: "process start → token (the broker of Windows, under Wine)",
        unit: "ms",
        rounds: figures,
        entrada: ({ token }) => token,
        note: NOTE,
      }),
      row({
        work: "process start → token (the broker of Windows, under Wine), to a bare node.exe",
        unit: "times",
        rounds: figures,
        entrada: ({ token, bare }) => token / bare,
        note: `${NOTE}; beside a node.exe with an empty program, in the same run`,
      }),
    ];
  } finally {
    await host.prefix.close();
  }
}

const SAYS_TOKEN = /"mark":"token"/;
const NOTHING = /^$/;

/** How long a program takes, in ms. @throws Error where it does not end well, or says something else */
async function timed(host: WamHost, program: string, said: RegExp): Promise<number> {
  const scope = "https://management.azure.com/.default";
  const { tenantId } = ADA;
  const grant = { account: ADA, clientId: CLIENT_ID, scope, tenantId, serial: 1, now: Date.now() };
  const scenario = new URLSearchParams(scenarioOfAnswer(grant)).toString();
  const began = performance.now();
  const { code, stdout, stderr } = await host.prefix.run([host.files.node, winePath(program), "0"], {
    env: { FAKE_WAM_DLL: winePath(host.files.fake), FAKE_WAM_SCENARIO: scenario },
  });
  const tookMs = performance.now() - began;
  if (code !== 0 || !said.test(stdout)) throw new Error(`${program} ended with ${code}: ${stdout}${stderr}`);
  return tookMs;
}
