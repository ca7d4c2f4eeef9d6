import { spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { text } from "node:stream/consumers";
import type { Emulator } from "@entrada/emulator";

export interface TryBundleOptions {
  /** The folder in which the bundle lies, alone. */
  readonly folder: string;
  readonly command: readonly [program: string, ...args: string[]];
  readonly emulator: Emulator;
  /** The emulator's certificate authority, as a file. */
  readonly certificates: string;
  /** Where its cache is. */
  readonly caches: string;
}

/** Runs a bundle, and signs in with what it asks for. @returns how often it asked; @throws Error unless somebody is signed in at its end */
export async function tryBundle({
  folder,
  command,
  emulator,
  certificates,
  caches,
}: TryBundleOptions): Promise<number> {
  const [program, ...args] = command;
  const child = spawn(program, args, {
    cwd: folder,
    env: {
      PATH: process.env["PATH"],
      HOME: folder,
      AUTHORITY: emulator.authorityHost,
      TENANT: emulator.defaults.tenantId,
      NODE_EXTRA_CA_CERTS: certificates,
      CACHES: caches,
    },
    stdio: ["ignore", "pipe", "pipe"],
  });
  const closed = once(child, "close");
  const errors = text(child.stderr);
  let signedIn: unknown;
  let asked = 0;
  for await (const line of createInterface({ input: child.stdout })) {
    const said = JSON.parse(line) as { userCode?: string; verificationUri?: string; signedIn?: string };
    if (said.userCode !== undefined) {
      asked += 1;
      void emulator.person.answerDeviceCode(said as never);
    }
    signedIn = said.signedIn ?? signedIn;
  }
  const [code] = (await closed) as [number | null];
  await emulator.person.settled();
  if (code !== 0 || signedIn !== emulator.defaults.account.username) {
    throw new Error(`It ended with ${code}, signed in as ${String(signedIn)}\n${await errors}`);
  }
  return asked;
}
