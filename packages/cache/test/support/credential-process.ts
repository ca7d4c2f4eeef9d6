import { fork } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import type { Emulator } from "@entrada/emulator";
import type { Command, Said } from "../children/credential.ts";

const PROGRAM = fileURLToPath(new URL("../children/credential.ts", import.meta.url));

/** A process with a credential over a cache that others share. */
export interface CredentialProcess {
  /** @throws Error whose message is the code of what was thrown there. */
  getToken(scope: string, options?: { readonly mayAsk?: boolean }): Promise<string>;
  accounts(): Promise<readonly string[]>;
  signOut(): Promise<void>;
  end(): Promise<void>;
}

export function credentialProcess(emulator: Emulator, caFile: string, directory: string): CredentialProcess {
  const child = fork(PROGRAM, [emulator.authorityHost, directory], {
    env: { ...process.env, NODE_EXTRA_CA_CERTS: caFile },
  });
  const waiting = new Map<number, { resolve: (result: never) => void; reject: (error: Error) => void }>();
  child.on("message", (said: Said) => {
    if ("url" in said) {
      void emulator.person.openBrowser(said.url);
      return;
    }
    const { resolve, reject } = waiting.get(said.id)!;
    waiting.delete(said.id);
    if ("failed" in said) reject(new Error(said.failed));
    else resolve(said.result as never);
  });
  let commands = 0;
  const carryOut = <T>(command: Omit<Command, "id"> & Partial<Command>): Promise<T> =>
    new Promise<T>((resolve, reject) => {
      const id = ++commands;
      waiting.set(id, { resolve, reject });
      child.send({ ...command, id });
    });
  return {
    getToken: (scope, options) => carryOut({ do: "getToken", scope, ...options }),
    accounts: () => carryOut({ do: "accounts" }),
    signOut: () => carryOut({ do: "signOut" }),
    end: async () => {
      if (!child.connected) return;
      const exited = once(child, "exit");
      child.disconnect();
      await exited;
    },
  };
}
