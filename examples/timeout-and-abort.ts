// Gives the person two minutes, and lets Ctrl-C end the wait at once.
import {
  InteractiveBrowserCredential,
  isAuthenticationError,
  type InteractiveBrowserCredentialOptions,
} from "@entrada/core";
import type { ExampleOptions } from "./command-line/example-options.ts";
import { runAsProgram } from "./command-line/run-as-program.ts";

export async function timeoutAndAbort({
  credential: options,
  abortSignal = abortedByCtrlC(),
  print = console.log,
}: ExampleOptions<InteractiveBrowserCredentialOptions> & { abortSignal?: AbortSignal }): Promise<void> {
  const credential = new InteractiveBrowserCredential({ timeoutInMs: 120_000, ...options });
  try {
    const { username } = await credential.authenticate(undefined, { abortSignal });
    print(`Signed in as ${username}`);
  } catch (error) {
    if (isAuthenticationError(error) && error.code === "timeout") print("Nobody signed in in time.");
    else if (abortSignal.aborted) print("Stopped while waiting for the sign-in.");
    else throw error;
  }
}

function abortedByCtrlC(): AbortSignal {
  const controller = new AbortController();
  process.once("SIGINT", () => controller.abort());
  return controller.signal;
}

await runAsProgram(import.meta.url, timeoutAndAbort);
