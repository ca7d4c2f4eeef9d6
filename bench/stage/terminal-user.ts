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
}

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
    join(applications["entrada-cli"], "node_modules", "@entrada", "cli", "dist", "bin.mjs"),
  ] as const;
  const [node, file] = entrada;
  const login = spawn(node, [file, "login", "--device-code", "--unencrypted-cache"], {
    env: environment,
    stdio: ["ignore", "ignore", "pipe"],
  });
  createInterface({ input: login.stderr }).on("line", (line) => {
    if (/^[A-Z0-9]{8,9}$/.test(line)) authority.answerCode(line);
  });
  const [code] = (await once(login, "close")) as [number | null];
  if (code !== 0) throw new Error(`entrada login ended with ${code}`);
  return { environment, entrada };
}
