import type { ExampleOptions } from "../command-line/example-options.ts";
import type { ScriptedPerson } from "@entrada/emulator";
import type { Terminal } from "./terminal.ts";

/** Where a demo plays: the real Azure, or what this machine runs for itself. */
export interface Scene extends AsyncDisposable {
  readonly options: ExampleOptions;
  /** Only where the emulator is. */
  readonly person?: ScriptedPerson;
}

export function cloudScene(options: ExampleOptions): Scene {
  return { options, [Symbol.asyncDispose]: async () => {} };
}

/** Starts the local services and says where they are. */
export async function localScene({ print, progress }: Terminal): Promise<Scene> {
  progress("Starting Entra ID, Resource Manager and blob storage on this machine ...");
  const { startLocalAzure } = await import("./local-azure.ts");
  const { emulator, accountUrl, ...local } = await startLocalAzure({ deviceCodeIntervalInS: 1 });
  print("Started on this machine, on free ports:");
  print(`  Entra ID          ${emulator.authorityHost}   (the emulator of this repository)`);
  print(`  Resource Manager  ${emulator.armEndpoint}   (the same)`);
  print(`  Blob storage      ${new URL(accountUrl).origin}   (Azurite)`);
  return {
    options: {
      credential: { authorityHost: emulator.authorityHost },
      armEndpoint: emulator.armEndpoint,
      accountUrl,
    },
    person: emulator.person,
    ...local,
  };
}
