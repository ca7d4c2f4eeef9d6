import { realpathSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { AZURE_FLAGS_HELP, azureFlags, azureOptions } from "./azure-flags.ts";
import type { ExampleOptions } from "./example-options.ts";

/**
 * Runs an example when its file was started directly, as in `node examples/show-subscription.ts --tenant ID`, and does
 * nothing when it was imported.
 */
export async function runAsProgram(
  moduleUrl: string,
  example: (options: ExampleOptions) => Promise<void>,
): Promise<void> {
  const file = fileURLToPath(moduleUrl);
  const started = process.argv[1];
  if (started === undefined || realpathSync(started) !== realpathSync(file)) return;
  try {
    const { values } = parseArgs({ options: { ...azureFlags, help: { type: "boolean", short: "h" } } });
    if (values.help) console.log(`node ${started} [flags]\n\n${AZURE_FLAGS_HELP}`);
    else await example(azureOptions(values, process.env));
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    process.exitCode = 1;
  }
}
