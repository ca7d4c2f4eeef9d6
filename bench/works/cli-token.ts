import { inTurn } from "../measure/in-turn.ts";
import { untilOutput } from "../measure/until-output.ts";
import { row } from "../report/row.ts";
import { openAzureCli } from "../stage/azure-cli.ts";
import { signInAtTerminal } from "../stage/terminal-user.ts";
import type { Work } from "./work.ts";

/** A token at the terminal, in a process of its own each time, as scripts and other programs ask for it. */
export const cliToken: Work = {
  name: "cli-token",
  async measure({ applications, authority, rounds }) {
    const user = await signInAtTerminal(applications, authority);
    await using az = await openAzureCli(authority);
    const [node, file] = user.entrada;
    const token = async (
      command: readonly [string, ...string[]],
      environment: Readonly<Record<string, string>>,
    ): Promise<number> => {
      const { inMs, output } = await untilOutput(command, environment);
      if (!output.includes("eyJ")) throw new Error(`${command.join(" ")} printed no token`);
      return inMs;
    };
    const resource = ["--resource", "https://management.azure.com"];
    const results = await inTurn(rounds, {
      bare: () => token([node, "--eval", "require('node:fs').writeSync(1, 'eyJ')"], user.environment),
      entrada: () => token([node, file, "token", ...resource], user.environment),
      az: async () =>
        az === undefined
          ? Number.NaN
          : token(["az", "account", "get-access-token", "--output", "json", ...resource], az.environment),
    });
    await authority.requests();
    return [
      row({
        work: "entrada token: process start → token",
        unit: "ms",
        rounds: results,
        entrada: ({ entrada }) => entrada,
        ...(az && { peer: ({ az: peer }: { readonly az: number }) => peer }),
        goal: { below: 80, ...(az && { ratioBelow: 0.1 }) },
        note:
          az === undefined
            ? "the Azure CLI is not installed on this machine"
            : `the peer: az account get-access-token of the Azure CLI ${az.version}, in which a person has signed in; neither needs the network`,
      }),
      row({
        work: "the same, to a bare Node that prints a word",
        unit: "ms",
        rounds: results,
        entrada: ({ entrada }) => entrada,
        peer: ({ bare }) => bare,
        note: "the peer here is a bare Node",
      }),
    ];
  },
};
