import { parseArgs } from "node:util";
import { AZURE_FLAGS_HELP, azureFlags, azureOptions } from "../command-line/azure-flags.ts";
import type { ExampleOptions } from "../command-line/example-options.ts";

/** What the person asked for on the command line. */
export interface DemoRun {
  /** Where to go in the real Azure; absent: the local services. */
  readonly cloud?: ExampleOptions;
  /** A scripted person answers. */
  readonly scripted: boolean;
  /** Sign in by device code even where a browser could be opened. */
  readonly deviceCode: boolean;
}

export const USAGE = `npm run demo -- [flags]

Signs in to Entra ID and lists subscriptions and blob containers, on services that this machine runs for itself.

  --yes            a scripted person answers the sign-in page (also when CI is set)
  --device-code    sign in with a device code, even where a browser could be opened
  --cloud          use the real Azure, with these:
${AZURE_FLAGS_HELP}
  --help           this text`;

/**
 * @returns "help" when that is what was asked for
 * @throws TypeError from `parseArgs` and RangeError, each for flags that make no sense, in words for a person
 */
export function demoSettings(argv: readonly string[], environment: NodeJS.ProcessEnv): DemoRun | "help" {
  const { values } = parseArgs({
    args: [...argv],
    options: {
      ...azureFlags,
      yes: { type: "boolean", short: "y", default: false },
      "device-code": { type: "boolean", default: false },
      cloud: { type: "boolean", default: false },
      help: { type: "boolean", short: "h", default: false },
    },
  });
  const { yes, "device-code": deviceCode, cloud, help, ...azure } = values;
  if (help) return "help";
  if (cloud && yes)
    throw new RangeError("--yes cannot sign in to the real Azure: leave it out with --cloud.");
  if (!cloud && Object.keys(azure).length > 0)
    throw new RangeError(`--${Object.keys(azure)[0]} is for the real Azure: add --cloud.`);
  if (cloud) return { cloud: azureOptions(azure, environment), scripted: false, deviceCode };
  return { scripted: yes || isSet(environment["CI"]), deviceCode };
}

function isSet(value: string | undefined): boolean {
  return !["", "0", "false"].includes((value ?? "").toLowerCase());
}
