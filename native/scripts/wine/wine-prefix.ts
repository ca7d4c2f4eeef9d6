import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { closeSync, existsSync, mkdirSync, openSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { cache } from "./paths.ts";

export interface WineRun {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** A private Windows: nothing of the user's own Wine is read or changed. */
export interface WinePrefix {
  readonly folder: string;
  /** What makes a program a part of it. */
  readonly environment: Readonly<NodeJS.ProcessEnv>;
  /** Runs a Windows program. Its output goes through files, because Node.js in Wine cannot write to a pipe. */
  run(
    args: readonly string[],
    options?: { readonly env?: Readonly<Record<string, string>>; readonly timeoutInMs?: number },
  ): Promise<WineRun>;
  /** Sets a value of the registry; null removes it. */
  setRegistry(key: string, name: string, value: string | number | null): Promise<void>;
  /** Ends every program of this prefix. */
  close(): Promise<void>;
}

// A server that ends with its last program refuses the program that starts in that moment: "recvmsg: Connection reset by
// peer". This one outlasts every pause between two programs, yet ends by itself should its owner not come to close it.
const SERVER_STAYS_FOR_S = 120;

/** Whether this machine can run 64-bit Windows programs. */
export function hasWine(): boolean {
  return spawnSync("wine", ["--version"], { stdio: "ignore" }).status === 0;
}

/** Opens the prefix of that name, and makes it on first use as a Windows 10 without a display. */
export async function openWinePrefix(name: string): Promise<WinePrefix> {
  const folder = join(cache, name);
  const fresh = !existsSync(join(folder, "system.reg"));
  mkdirSync(folder, { recursive: true });
  const environment = {
    ...withoutDisplay(process.env),
    WINEPREFIX: folder,
    WINEDEBUG: "-all",
    WINEDLLOVERRIDES: "mscoree,mshtml=;winemenubuilder.exe,winedbg.exe=d",
  };

  let runs = 0;
  const run: WinePrefix["run"] = async (args, { env = {}, timeoutInMs = 120_000 } = {}) => {
    runs += 1;
    const output = join(folder, `run-${process.pid}-${runs}`);
    const files = [`${output}.out`, `${output}.err`] as const;
    const [stdout, stderr] = files.map((file) => openSync(file, "w"));
    const child = spawn("wine", args, {
      env: { ...environment, ...env },
      stdio: ["ignore", stdout, stderr],
      timeout: timeoutInMs,
    });
    const [code] = (await once(child, "exit")) as [number | null];
    for (const descriptor of [stdout, stderr]) closeSync(descriptor as number);
    const [out, err] = files.map((file) => readFileSync(file, "utf8"));
    for (const file of files) rmSync(file);
    return { code, stdout: out ?? "", stderr: err ?? "" };
  };
  const expectSuccess = async (...args: string[]): Promise<void> => {
    const { code, stderr } = await run(args);
    if (code === 0) return;
    // Half set up it would count as set up the next time.
    if (fresh) rmSync(folder, { recursive: true, force: true });
    throw new Error(`wine ${args.join(" ")} ended with ${code}: ${stderr}`);
  };

  const server = async (option: string): Promise<void> => {
    await once(spawn("wineserver", [option], { env: environment, stdio: "ignore" }), "exit");
  };
  const restart = async (): Promise<void> => {
    // That of an earlier owner may be about to end.
    await server("-k");
    await server(`-p${SERVER_STAYS_FOR_S}`);
  };

  const prefix: WinePrefix = {
    folder,
    environment,
    run,
    async setRegistry(key, name, value) {
      if (value === null) {
        await run(["reg", "delete", key, "/v", name, "/f"]);
      } else {
        const type = typeof value === "number" ? "REG_DWORD" : "REG_SZ";
        await expectSuccess("reg", "add", key, "/v", name, "/t", type, "/d", String(value), "/f");
      }
    },
    close: () => server("-k"),
  };
  await restart();
  if (fresh) {
    await expectSuccess("wineboot", "-i");
    // It returns while services that it has begun still start: who comes then may find them half there, and fail.
    await restart();
    await expectSuccess("winecfg", "-v", "win10");
    await prefix.setRegistry("HKCU\\Software\\Wine\\Drivers", "Graphics", "null");
    // The desktop that runs by now has looked for a display, found none, and lets nobody make a window.
    await restart();
  }
  return prefix;
}

function withoutDisplay(environment: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  const { DISPLAY: _display, WAYLAND_DISPLAY: _wayland, ...rest } = environment;
  return rest;
}
