// Signs in with a redirect URI of your own. Register it under "Mobile and desktop applications" first. The path has to
// match; the port has not: Entra lets a localhost redirect have any.
import { InteractiveBrowserCredential, type InteractiveBrowserCredentialOptions } from "@entrada/core";
import type { ExampleOptions } from "./command-line/example-options.ts";
import { runAsProgram } from "./command-line/run-as-program.ts";

export async function customRedirect({
  credential: options,
  print = console.log,
}: ExampleOptions<InteractiveBrowserCredentialOptions>): Promise<void> {
  const credential = new InteractiveBrowserCredential({
    redirectUri: "http://localhost:8400/signed-in",
    browserCustomizationOptions: {
      successMessage: "<h1>You are in</h1><p>Go back to the terminal.</p>",
    },
    ...options,
  });

  const { username } = await credential.authenticate();
  print(`Signed in as ${username}`);
}

await runAsProgram(import.meta.url, customRedirect);
