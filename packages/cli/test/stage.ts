import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { startEmulator, type Emulator, type EmulatorOptions } from "@entrada/emulator";

export const BIN: string = fileURLToPath(new URL("../dist/bin.mjs", import.meta.url));

export interface Run {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

export interface RunOptions {
  readonly env?: Readonly<Record<string, string>>;
  readonly input?: string;
  /** Keeps standard input open, as a program does that has more to say. */
  readonly keepOpen?: boolean;
  readonly onOut?: (text: string) => void;
  readonly onErr?: (text: string, kill: (signal: NodeJS.Signals) => void) => void;
}

/** An emulator, and a machine on which nobody is signed in yet; its home has a space in its path. */
export interface Stage extends AsyncDisposable {
  readonly emulator: Emulator;
  readonly home: string;
  /** The built command. */
  readonly bin: string;
  environment(): Record<string, string>;
  /** Runs the built command. */
  entrada(args: readonly string[], options?: RunOptions): Promise<Run>;
  /** Runs a program of Node.js by `entrada run`. */
  runNode(options: readonly string[], ...program: readonly string[]): Promise<Run>;
  /** Runs any program on this machine. */
  run(command: string, args: readonly string[], options?: RunOptions): Promise<Run>;
  /** Signs in by a code that the scripted person answers. */
  signIn(...args: readonly string[]): Promise<Run>;
  /** For `onErr`: answers each code that is shown. */
  answerCodes(): (text: string) => void;
}

export async function openStage(options: EmulatorOptions = {}): Promise<Stage> {
  const emulator = await startEmulator({ deviceCodeIntervalInS: 1, ...options });
  const home = mkdtempSync(join(tmpdir(), "entrada cli "));
  writeFileSync(join(home, "ca.pem"), emulator.certificateAuthority);
  const environment = (): Record<string, string> => ({
    PATH: process.env["PATH"] ?? "",
    HOME: home,
    XDG_CONFIG_HOME: join(home, "config"),
    XDG_STATE_HOME: join(home, "state"),
    NODE_EXTRA_CA_CERTS: join(home, "ca.pem"),
    AZURE_AUTHORITY_HOST: emulator.authorityHost,
  });
  const run: Stage["run"] = async (
    command,
    args,
    { env = {}, input, keepOpen = false, onOut, onErr } = {},
  ) => {
    const child = spawn(command, args, { env: { ...environment(), ...env }, stdio: "pipe" });
    child.stdin.on("error", () => {}); // A program may end before it has read everything.
    if (input !== undefined) child.stdin.write(input);
    if (!keepOpen) child.stdin.end();
    let out = "";
    let err = "";
    child.stdout.on("data", (chunk: Buffer) => {
      out += chunk.toString();
      onOut?.(out);
    });
    child.stderr.on("data", (chunk: Buffer) => {
      err += chunk.toString();
      onErr?.(err, (signal) => child.kill(signal));
    });
    const [code] = (await once(child, "close")) as [number | null];
    return { code, out, err };
  };
  const stage: Stage = {
    emulator,
    home,
    bin: BIN,
    environment,
    run,
    entrada: (args, more) => run(process.execPath, [BIN, ...args], more),
    runNode: (options, ...program) => stage.entrada(["run", ...options, "--", process.execPath, ...program]),
    signIn: (...args) =>
      stage.entrada(["login", "--device-code", "--unencrypted-cache", ...args], {
        onErr: stage.answerCodes(),
      }),
    answerCodes() {
      const answered = new Set<string>();
      return (text) => {
        for (const [, userCode = ""] of text.matchAll(/^([A-Z0-9]{8,9})\r?$/gm)) {
          if (answered.has(userCode)) continue;
          answered.add(userCode);
          const verificationUri = `${emulator.authorityHost}/devicelogin`;
          void emulator.person.answerDeviceCode({ userCode, verificationUri });
        }
      };
    },
    async [Symbol.asyncDispose]() {
      await emulator[Symbol.asyncDispose]();
      rmSync(home, { recursive: true });
    },
  };
  return stage;
}

/** What a program prints line by line. */
export function jsonLines(text: string): readonly Readonly<Record<string, unknown>>[] {
  return text
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line) as Record<string, unknown>);
}

/** What a token says, unchecked. */
export function claimsOf(token: string): Readonly<Record<string, unknown>> {
  return JSON.parse(Buffer.from(token.split(".")[1] ?? "", "base64url").toString()) as Record<
    string,
    unknown
  >;
}
