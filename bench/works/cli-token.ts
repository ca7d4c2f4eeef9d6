import { join } from "node:path";
import { inTurn } from "../measure/in-turn.ts";
import { untilOutput } from "../measure/until-output.ts";
import { row, type Row } from "../report/row.ts";
import { openAzureCli } from "../stage/azure-cli.ts";
import { signInAtTerminal, type TerminalUser } from "../stage/terminal-user.ts";
import type { Stage, Work } from "./work.ts";

type Command = readonly [program: string, ...args: string[]];

/** A token at the terminal, in a process of its own each time, as scripts and other programs ask for it. */
export const cliToken: Work = {
  name: "cli-token",
  async measure({ applications, authority, rounds }) {
    const user = await signInAtTerminal(applications, authority);
    await using az = await openAzureCli(authority);
    const [node, file] = user.entrada;
    const resource = ["--resource", "https://management.azure.com"];
    const results = await inTurn(rounds, {
      bare: () => token([node, "--eval", "require('node:fs').writeSync(1, 'eyJ')"], user.environment),
      entrada: () => token([node, file, "token", ...resource], user.environment),
      helper: () => token([node, file, "credential-helper", "kubectl"], user.environment),
      az: async () =>
        az === undefined
          ? Number.NaN
          : token(["az", "account", "get-access-token", "--output", "json", ...resource], az.environment),
    });
    const served = await inTurn(rounds, { agent: () => askAgent(user, applications) });
    await authority.requests();
    const asPeer = az && { peer: ({ az: peer }: { readonly az: number }): number => peer };
    return [
      row({
        work: "entrada token: process start → token",
        unit: "ms",
        rounds: results,
        entrada: ({ entrada }) => entrada,
        ...asPeer,
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
      row({
        work: "entrada credential-helper kubectl: process start → token",
        unit: "ms",
        rounds: results,
        entrada: ({ helper }) => helper,
        goal: { below: 100 },
      }),
      row({
        work: "entrada run: a token that its agent holds, p95",
        unit: "ms",
        rounds: served,
        entrada: ({ agent }) => agent,
        goal: { below: 5 },
        note: "of 400 requests one after the other, each on a connection of its own where the client makes one",
      }),
    ] satisfies readonly Row[];
  },
};

async function token(command: Command, environment: Readonly<Record<string, string>>): Promise<number> {
  const { inMs, output } = await untilOutput(command, environment);
  if (!output.includes("eyJ")) throw new Error(`${command.join(" ")} printed no token`);
  return inMs;
}

async function askAgent(
  { entrada: [node, file], environment }: TerminalUser,
  applications: Stage["applications"],
): Promise<number> {
  const program = join(applications["entrada-cli"], "programs", "ask-agent.mjs");
  const { output } = await untilOutput([node, file, "run", "--", node, program], environment);
  return (JSON.parse(output) as { readonly p95InMs: number }).p95InMs;
}
