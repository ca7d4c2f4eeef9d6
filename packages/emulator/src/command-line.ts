import { readFileSync, writeFileSync } from "node:fs";
import { parseArgs } from "node:util";
import { startEmulator, type Emulator } from "./emulator.ts";
import { certificateBundle } from "./http/certificate-bundle.ts";
import { isLoopbackHost } from "./http/loopback.ts";
import { temporaryFile, type TemporaryFile } from "./temporary-file.ts";

/** What the program needs of its surroundings. */
export interface CommandLine {
  readonly arguments: readonly string[];
  readonly out: (text: string) => void;
  readonly error: (text: string) => void;
}

/** How it ended, or the emulator that runs; `end` stops it and removes what was written for it. */
export type CommandResult =
  | { readonly exitCode: number }
  | { readonly emulator: Emulator; readonly end: () => Promise<void> };

const HELP = `entrada-emulator: a local Microsoft Entra ID for tests

  entrada-emulator [options]

  --port NUMBER         the port to listen on; default: a free one
  --ca-file PATH        where to write the certificate to trust, and behind it those of
                        NODE_EXTRA_CA_CERTS; default: a temporary file that is removed at
                        the end
  --host ADDRESS        the address to listen on; default: 127.0.0.1 and ::1
  --i-know              allows a --host that other machines can reach
  --help, --version
`;

/** Runs `entrada-emulator`. Exit codes: 0 done, 2 wrong arguments, 3 cannot listen, or cannot write the certificate. */
export async function runCommandLine({ arguments: args, out, error }: CommandLine): Promise<CommandResult> {
  let options: ReturnType<typeof parse>;
  try {
    options = parse(args);
  } catch (problem) {
    error(`${messageOf(problem)}\nentrada-emulator --help says what there is.\n`);
    return { exitCode: 2 };
  }
  if (options.help) {
    out(HELP);
    return { exitCode: 0 };
  }
  if (options.version) {
    out(`${versionOfPackage()}\n`);
    return { exitCode: 0 };
  }
  const { host, port } = options;
  if (host !== undefined && !isLoopbackHost(host) && !options["i-know"]) {
    error(
      `${host} can be reached from other machines, and whoever reaches it gets tokens. Add --i-know to mean it.\n`,
    );
    return { exitCode: 2 };
  }
  let emulator: Emulator;
  try {
    emulator = await startEmulator({ port, allowOtherMachines: options["i-know"], ...(host && { host }) });
  } catch (problem) {
    error(`The emulator cannot start: ${messageOf(problem)}\n`);
    return { exitCode: 3 };
  }
  let file: TemporaryFile;
  try {
    file = certificateFile(emulator, options["ca-file"], error);
  } catch (problem) {
    // It listens already, which would keep the process alive.
    await emulator[Symbol.asyncDispose]();
    error(`The certificate file (--ca-file) cannot be written: ${messageOf(problem)}\n`);
    return { exitCode: 3 };
  }
  out(introduction(emulator, file.path));
  const end = async (): Promise<void> => {
    file.remove();
    await emulator[Symbol.asyncDispose]();
  };
  return { emulator, end };
}

function certificateFile(
  emulator: Emulator,
  wanted: string | undefined,
  error: CommandLine["error"],
): TemporaryFile {
  const bundle = bundleOf(emulator, wanted, error);
  if (wanted === undefined) return temporaryFile("ca.pem", bundle);
  writeFileSync(wanted, bundle);
  // Whoever names the place wants to find it there.
  return { path: wanted, remove: () => {} };
}

function bundleOf(
  { certificateAuthority }: Emulator,
  target: string | undefined,
  error: CommandLine["error"],
): string {
  try {
    return certificateBundle(certificateAuthority, process.env["NODE_EXTRA_CA_CERTS"], target);
  } catch (problem) {
    error(`NODE_EXTRA_CA_CERTS is left out of the certificate file: ${messageOf(problem)}\n`);
    return certificateAuthority;
  }
}

function parse(args: readonly string[]) {
  const { values } = parseArgs({
    args: [...args],
    strict: true,
    options: {
      port: { type: "string", default: "0" },
      host: { type: "string" },
      "ca-file": { type: "string" },
      "i-know": { type: "boolean", default: false },
      help: { type: "boolean", default: false },
      version: { type: "boolean", default: false },
    },
  });
  const port = /^\d{1,5}$/.test(values.port) ? Number(values.port) : Number.NaN;
  if (!(port <= 65_535)) throw new RangeError(`--port takes a number from 0 to 65535, not ${values.port}`);
  return { ...values, port };
}

function introduction({ authorityHost, armEndpoint, defaults }: Emulator, file: string): string {
  const { account, guest, otherAccount, personalAccount } = defaults;
  const people = [account, guest, otherAccount, personalAccount].map(({ username }) => username).join(", ");
  return `The Entra emulator is running. Nothing it says holds anywhere else.

  authorityHost   ${authorityHost}
  Azure endpoint  ${armEndpoint}
  tenant          ${defaults.tenantId}
  client          ${defaults.clientId}
  people          ${people}
  device code     ${authorityHost}/devicelogin

Start the program under test with

  NODE_EXTRA_CA_CERTS=${file}
  AZURE_AUTHORITY_HOST=${authorityHost}

or in PowerShell

  $env:NODE_EXTRA_CA_CERTS = "${file}"
  $env:AZURE_AUTHORITY_HOST = "${authorityHost}"

To let something go wrong: POST ${authorityHost}/_fault {"on":"token","status":503}
Ctrl-C ends it.
`;
}

function versionOfPackage(): string {
  const text = readFileSync(new URL("../package.json", import.meta.url), "utf8");
  return (JSON.parse(text) as { version: string }).version;
}

function messageOf(problem: unknown): string {
  return problem instanceof Error ? problem.message : String(problem);
}
