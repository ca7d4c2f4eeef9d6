import { spawnSync } from "node:child_process";
import { once } from "node:events";
import { copyFileSync, existsSync, mkdirSync, readdirSync, rmSync } from "node:fs";
import { createServer, type AddressInfo, type Socket } from "node:net";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { winePath } from "../../../../native/scripts/wine/paths.ts";
import { windowsNode } from "../../../../native/scripts/wine/windows-node.ts";
import { hasWine, openWinePrefix, type WineRun } from "../../../../native/scripts/wine/wine-prefix.ts";
import { bindingFor } from "../../src/keys/keyring-key-store.ts";
import type { Action, Outcome } from "./program.ts";

/** A user of a Windows without anything of Entrada's or MSAL's, whose programs run in the real node.exe under Wine. */
export interface WineUser {
  /** The user's `%LOCALAPPDATA%`, as this machine sees it. */
  readonly localAppData: string;
  /** Runs `program.ts` to its end: one process that does one thing after another. */
  run(...things: readonly Thing[]): Promise<Outcome>;
  /** Runs it until it says that it is at it. */
  start(action: "hold" | "watch"): Promise<StartedProgram>;
  close(): Promise<void>;
}

/** What to do, and with what. */
export type Thing = readonly [action: Action, argument?: string];

/** A program that waits for a word to end. */
export interface StartedProgram {
  end(word: "leave"): Promise<Outcome>;
  /** It ends on the spot, without a word of its own. */
  end(word: "die"): Promise<undefined>;
}

const KEYRING = "2.1.2";
const PROGRAM = winePath(fileURLToPath(new URL("program.ts", import.meta.url)));
const CACHE = fileURLToPath(new URL("../../.cache/windows", import.meta.url));

/** What a Windows needs here, of which each is made or fetched once. */
export interface WindowsParts {
  readonly node: string;
  /** A folder of packages with the binding of @napi-rs/keyring for Windows. */
  readonly packages: string;
  /** A DLL that Wine 8 lacks. */
  readonly randomNumbers: string;
}

/** The parts, or what is missing here. */
export function windowsParts(): WindowsParts | string {
  if (!hasWine()) return "wine (Debian: wine, wine64)";
  const randomNumbers = buildRandomNumbers();
  if (!randomNumbers) return "the cross compiler (Debian: mingw-w64)";
  const node = windowsNode();
  if (!node) return "node.exe (from the npm registry)";
  const packages = packagesForWindows();
  return packages
    ? { node, packages, randomNumbers }
    : "the Windows binding of @napi-rs/keyring (from the npm registry)";
}

/** Opens a Windows of these tests' own. */
export async function openWineUser({ node, packages, randomNumbers }: WindowsParts): Promise<WineUser> {
  const prefix = await openWinePrefix("wine-cache");
  const missing = join(prefix.folder, "drive_c", "windows", "system32", "bcryptprimitives.dll");
  if (!existsSync(missing)) copyFileSync(randomNumbers, missing);
  const begin = (things: readonly Thing[]): Promise<WineRun> => {
    const words = things.flatMap(([action, argument = ""]) => [action, argument]);
    return prefix.run([node, "--disable-warning=ExperimentalWarning", PROGRAM, ...words], {
      // As if a package manager had installed for Windows.
      env: { NODE_PATH: winePath(packages) },
    });
  };
  const run: WineUser["run"] = async (...things) => {
    const { stdout, stderr, code } = await begin(things);
    if (code === 0) return JSON.parse(stdout) as Outcome;
    throw new Error(`${things.join("; ")} ended with ${code}: ${stdout}${stderr}`);
  };
  const localAppData = localAppDataIn(prefix.folder);
  rmSync(join(localAppData, "Entrada"), { recursive: true, force: true });
  rmSync(join(localAppData, ".IdentityService"), { recursive: true, force: true });
  await run(["clear"]);
  return {
    localAppData,
    run,
    start: async (action) => {
      const server = createServer().listen(0, "127.0.0.1");
      await once(server, "listening");
      const ended = begin([[action, String((server.address() as AddressInfo).port)]]);
      const [socket] = (await Promise.race([
        once(server, "connection"),
        ended.then(({ stdout, stderr }) => Promise.reject(new Error(`${action}: ${stdout}${stderr}`))),
      ])) as [Socket];
      socket.on("error", () => {
        // It has died.
      });
      await once(socket, "data");
      const end = async (word: string): Promise<Outcome | undefined> => {
        socket.write(word);
        const { stdout } = await ended;
        socket.destroy();
        server.close();
        return stdout ? (JSON.parse(stdout) as Outcome) : undefined;
      };
      return { end } as StartedProgram;
    },
    close: () => prefix.close(),
  };
}

function localAppDataIn(prefix: string): string {
  const users = join(prefix, "drive_c", "users");
  const user = readdirSync(users).find((name) => name !== "Public");
  return join(users, user!, "AppData", "Local");
}

function buildRandomNumbers(): string | undefined {
  const output = join(CACHE, "bcryptprimitives.dll");
  mkdirSync(CACHE, { recursive: true });
  const source = fileURLToPath(new URL("random-numbers.c", import.meta.url));
  const built = succeeds("x86_64-w64-mingw32-gcc", ["-O2", "-shared", "-o", output, source, "-ladvapi32"]);
  return built ? output : undefined;
}

/** Fetched once from the npm registry: package managers leave out what is for another system. */
function packagesForWindows(): string | undefined {
  const name = bindingFor("win32", "x64");
  const packages = join(CACHE, "node_modules");
  const folder = join(packages, name);
  const file = join(folder, "keyring.win32-x64-msvc.node");
  if (existsSync(file)) return packages;
  mkdirSync(folder, { recursive: true });
  const archive = `napi-rs-keyring-win32-x64-msvc-${KEYRING}.tgz`;
  const fetched =
    succeeds("npm", ["pack", `${name}@${KEYRING}`, "--silent"]) &&
    succeeds("tar", ["xzf", archive, "--strip-components=1", "--directory", folder]);
  return fetched && existsSync(file) ? packages : undefined;
}

function succeeds(command: string, args: readonly string[]): boolean {
  return spawnSync(command, args, { cwd: CACHE, stdio: "ignore" }).status === 0;
}
