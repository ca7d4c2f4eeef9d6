// The demo: `npm run demo`. It signs in once and runs two examples, on local services or on the real Azure.
import { isAuthenticationError } from "@entrada/core";
import { demoSettings, USAGE, type DemoRun } from "./demo-settings.ts";
import { cloudScene, localScene, type Scene } from "./scene.ts";
import { createTerminal } from "./terminal.ts";
import { visit } from "./visit.ts";

const WRONG_USAGE = 2;
const INTERRUPTED = 130;

const terminal = createTerminal();
const settings = settingsOrExplanation();
if (settings === "help") terminal.print(USAGE);
else if (settings) await run(settings);

function settingsOrExplanation(): DemoRun | "help" | undefined {
  try {
    return demoSettings(process.argv.slice(2), process.env);
  } catch (error) {
    console.error(`${(error as Error).message}\n\n${USAGE}`);
    process.exitCode = WRONG_USAGE;
    return undefined;
  }
}

async function run(settings: DemoRun): Promise<void> {
  const started = performance.now();
  let scene: Scene | undefined;
  process.once("SIGINT", () => {
    terminal.print("\nStopped.");
    // Sockets, timers and threads end with the process.
    process.exit(INTERRUPTED);
  });
  try {
    scene = settings.cloud ? cloudScene(settings.cloud) : await localScene(terminal);
    await visit(scene, settings, terminal);
  } catch (error) {
    terminal.print(`\nThat did not work. ${error instanceof Error ? error.message : String(error)}`);
    if (!isAuthenticationError(error)) console.error(error);
    process.exitCode = 1;
  } finally {
    await scene?.[Symbol.asyncDispose]();
  }
  if (process.exitCode === undefined) sayGoodbye(settings.cloud !== undefined, performance.now() - started);
}

function sayGoodbye(wasCloud: boolean, tookInMs: number): void {
  terminal.heading(`Done in ${(tookInMs / 1000).toFixed(1)} s: one sign-in, two services.`);
  if (wasCloud) return;
  terminal.print("The same on your own Azure (examples/README.md says how to register the application):");
  terminal.print(
    "  npm run demo -- --cloud --tenant <tenant id> --client <client id> --account <storage account>",
  );
}
