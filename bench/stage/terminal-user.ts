import { spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { join } from "node:path";
import type { Applications } from "./applications.ts";
import type { Authority } from "./authority.ts";

/** Somebody at a terminal who has signed in with `entrada login`. */
export interface TerminalUser {
  readonly environment: Readonly<Record<string, string>>;
  /** `entrada`, as it is installed. */
  readonly entrada: readonly [node: string, file: string];
  /** The variables by which programs find the agent of an `entrada run`, which ends with the user. */
  agent(): Promise<Readonly<Record<string, string>>>;
  [Symbol.asyncDispose](): Promise<void>;
}

/** Tells its environment, and stays until its input ends. */
const CHILD = `console.log(JSON.stringify(process.env)); process.stdin.resume()`;

export async function signInAtTerminal(
  applications: Applications,
  authority: Authority,
): Promise<TerminalUser> {
  const home = authority.folder();
  const { PATH = "" } = process.env;
  const environment: Readonly<Record<string, string>> = {
    PATH,
    LANG: "C.UTF-8",
    ...authority.environment,
    HOME: home,
  };
  const entrada = [
    process.execPath,
    join(applications["entrada-cli"], "node_modules", "@entrada", "cli", "dist", "bin.js"),
  ] as const;
  const [node, file] = entrada;
  const login = spawn(node, [file, "login", "--device-code", "--unencrypted-cache"], {
    env: environment,
    stdio: ["ignore", "ignore", "pipe"],
  });
  const verificationUri = `${environment["AZURE_AUTHORITY_HOST"]}/devicelogin`;
  createInterface({ input: login.stderr }).on("line", (line) => {
    if (!/^[A-Z0-9]{8,9}$/.test(line)) return;
    authority.answer({ mark: "prompt", atInMs: 0, cpuInMs: 0, userCode: line, verificationUri });
  });
  const [code] = (await once(login, "close")) as [number | null];
  if (code !== 0) throw new Error(`entrada login ended with ${code}`);
  const ends: (() => Promise<unknown>)[] = [];
  return {
    environment,
    entrada,
    async agent() {
      const child = spawn(node, [file, "run", "--", node, "--eval", CHILD], {
        env: environment,
        stdio: ["pipe", "pipe", "inherit"],
      });
      const closed = once(child, "close");
      ends.push(() => (child.stdin.end(), closed));
      const [line] = (await once(createInterface({ input: child.stdout }), "line")) as [string];
      return JSON.parse(line) as Record<string, string>;
    },
    async [Symbol.asyncDispose]() {
      for (const end of ends) await end();
    },
  };
}
