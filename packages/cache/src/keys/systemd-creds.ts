import { spawn } from "node:child_process";
import { cacheError, systemCode } from "../cache-error.ts";

const PROGRAM = "systemd-creds";
/** Part of what it seals: one thing is not passed off as another. */
const NAME = "--name=entrada-token-cache";

/** The TPM of this machine, by the program of systemd's. Secrets go through its pipes, never through its arguments. */
export const systemdCreds = {
  /** @throws AuthenticationError `cache`, `cache_no_encryption` where there is no TPM. */
  check: async (signal?: AbortSignal): Promise<void> => {
    const { code } = await run(["has-tpm2", "--quiet"], "", signal);
    if (code !== 0) {
      throw cacheError(
        "cache_no_encryption",
        "This machine has no TPM that systemd-creds can use",
        "Give another form of `key`: a file, a passphrase or a systemd credential",
      );
    }
  },
  encrypt: async (text: string, signal?: AbortSignal): Promise<string> => {
    const made = await run(["encrypt", "--with-key=tpm2", NAME, "-", "-"], text, signal);
    return made.code === 0 ? made.output.replaceAll(/\s/g, "") : refused("encrypt", made);
  },
  decrypt: async (base64: string, signal?: AbortSignal): Promise<string> => {
    const opened = await run(["decrypt", NAME, "-", "-"], base64, signal);
    return opened.code === 0 ? opened.output.trim() : refused("decrypt", opened);
  },
};

interface Ended {
  readonly code: number | null;
  readonly output: string;
  readonly said: string;
}

function run(options: readonly string[], input: string, signal: AbortSignal | undefined): Promise<Ended> {
  return new Promise((resolve, reject) => {
    const child = spawn(PROGRAM, options, { signal });
    let output = "";
    let said = "";
    child.stdout.setEncoding("utf8").on("data", (text: string) => (output += text));
    child.stderr.setEncoding("utf8").on("data", (text: string) => (said += text));
    child.on("error", (error) => reject(notThere(error)));
    child.on("close", (code) => resolve({ code, output, said }));
    // It may end without reading.
    child.stdin.on("error", () => {});
    child.stdin.end(input);
  });
}

function notThere(cause: Error): Error {
  return cacheError(
    "cache_no_encryption",
    `The program ${PROGRAM} could not be started${systemCode(cause) === "ENOENT" ? ": it is not there" : ""}`,
    "Install systemd 250 or newer, or give another form of `key`: a file, a passphrase or a systemd credential",
    cause,
  );
}

function refused(what: string, { code, said }: Ended): never {
  throw cacheError(
    "cache_unreadable",
    `The TPM did not ${what} the key of the token cache`,
    "The error's `cause` says why; if the TPM was reset, or the machine starts otherwise now, clear the cache and sign in again",
    new Error(`${PROGRAM} ${what} ended with ${code}: ${said.trim().slice(0, 500)}`),
  );
}
