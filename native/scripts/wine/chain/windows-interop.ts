import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { winePath } from "../paths.ts";
import type { WamHost } from "../wam-host.ts";
import type { WineRun } from "../wine-prefix.ts";

/** A WSL whose Windows is Wine: programs of Windows are started by their names, and paths have two spellings. */
export interface WindowsInterop {
  /** PATH of the programs: the folder of node.exe, and this machine's own. */
  readonly path: string;
  /** Runs a program in this machine's own Node.js, as a WSL would. */
  run(
    program: string,
    options: { readonly env: Readonly<Record<string, string>>; readonly arguments?: readonly string[] },
  ): Promise<WineRun>;
  /** The same, killed once it has written a line. Resolves when the program of Windows has ended, too. */
  runAndKill(program: string, options: { readonly env: Readonly<Record<string, string>> }): Promise<void>;
  close(): void;
}

export function windowsInterop({ prefix, files, journal }: WamHost): WindowsInterop {
  const folder = mkdtempSync(join(tmpdir(), "entrada-interop-"));
  const ends = join(folder, "ends");
  if (spawnSync("mkfifo", [ends]).status !== 0) throw new Error("mkfifo failed");
  program(join(folder, "node.exe"), [
    `wine "${files.node}" --disable-warning=ExperimentalWarning "$@"`,
    `[ -n "$TELL_END" ] && echo ended > "${ends}"`,
  ]);
  program(join(folder, "wslpath"), [`printf 'Z:%s\\n' "$(printf %s "$2" | tr / '\\\\')"`]);
  const path = `${folder}:${process.env["PATH"] ?? ""}`;
  const environment = {
    ...prefix.environment,
    PATH: path,
    WSL_DISTRO_NAME: "Debian",
    FAKE_WAM_LOG: winePath(journal),
    FAKE_WAM_DLL: winePath(files.fake),
  };
  const started = (program: string, env: object, rest: readonly string[] = []) =>
    spawn(process.execPath, ["--disable-warning=ExperimentalWarning", program, ...rest], {
      env: { ...environment, ...env },
      stdio: ["ignore", "pipe", "pipe"],
      timeout: 60_000,
    });
  return {
    path,
    async run(program, { env, arguments: rest }) {
      const child = started(program, env, rest);
      const [stdout, stderr, [code]] = await Promise.all([
        text(child.stdout),
        text(child.stderr),
        once(child, "exit") as Promise<[number | null]>,
      ]);
      return { code, stdout, stderr };
    },
    async runAndKill(program, { env }) {
      const child = started(program, { ...env, TELL_END: "1" });
      await once(child.stdout, "data");
      const ended = readFile(ends, "utf8");
      child.kill("SIGKILL");
      await ended;
    },
    close: () => rmSync(folder, { recursive: true, force: true }),
  };
}

function program(path: string, lines: readonly string[]): void {
  writeFileSync(path, `#!/bin/sh\n${lines.join("\n")}\n`);
  chmodSync(path, 0o755);
}
