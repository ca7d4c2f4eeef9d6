// Asks on the first run only. Two things are kept: the record says who signed in (no secret, a plain file), the token
// cache keeps what proves it (encrypted, its key in the keyring of the system).
// Without a token cache the record alone still has the second run ask: for that very account, and no other is taken.
import { readFile, writeFile } from "node:fs/promises";
import { persistentTokenCache } from "@entrada/cache";
import {
  deserializeAuthenticationRecord,
  InteractiveBrowserCredential,
  serializeAuthenticationRecord,
  type InteractiveBrowserCredentialOptions,
} from "@entrada/core";
import type { ExampleOptions } from "./command-line/example-options.ts";
import { runAsProgram } from "./command-line/run-as-program.ts";

export async function silentSecondRun({
  credential: options,
  recordFile = "authentication-record.json",
  print = console.log,
}: ExampleOptions<InteractiveBrowserCredentialOptions> & { recordFile?: string }): Promise<void> {
  const known = await readFile(recordFile, "utf8").then(deserializeAuthenticationRecord, firstRun);
  const credential = new InteractiveBrowserCredential({
    tokenCache: persistentTokenCache({ name: "entrada-examples" }),
    ...(known && { authenticationRecord: known }),
    onEvent: ({ type }) => type === "prompt" && print("Asking ..."),
    ...options,
  });

  const record = await credential.authenticate();
  await writeFile(recordFile, serializeAuthenticationRecord(record));
  print(`${known ? "Still signed in" : "Signed in"} as ${record.username}`);
}

function firstRun(error: NodeJS.ErrnoException): undefined {
  if (error.code !== "ENOENT") throw error;
}

await runAsProgram(import.meta.url, silentSecondRun);
