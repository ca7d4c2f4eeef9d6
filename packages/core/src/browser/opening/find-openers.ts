import type { PlatformPath } from "node:path";
import { browserObstacle, returnObstacle } from "../../surroundings/judge.ts";
import { obstacleWords, type Obstacle } from "../../surroundings/obstacle.ts";
import { hasInterop, isWslMachine } from "../../surroundings/signs.ts";
import type { Surroundings } from "../../surroundings/surroundings.ts";
import { wslSetting } from "../../surroundings/wsl-setting.ts";
import { argumentsFor, type BrowserCommand, parseBrowserVariable } from "./parse-browser-variable.ts";

/** A program that opens a URL in the person's browser. */
export interface Opener {
  /** For messages. */
  readonly name: string;
  /** Full path. */
  readonly file: string;
  readonly args: (url: string) => readonly string[];
}

/** The openers to try, in order; or why there is no browser for a person here. */
export type OpenerSearch =
  | { readonly found: true; readonly openers: readonly Opener[]; readonly unusable: string | undefined }
  | {
      readonly found: false;
      readonly obstacle: Obstacle;
      readonly remedy: string;
      readonly unusable: string | undefined;
    };

const LONGEST_SHOWN = 200;
// In a path that somebody has not quoted.
const MOST_SPACES = 10;
// As BROWSER would name them.
const LINUX_OPENERS =
  "xdg-open:x-www-browser:sensible-browser:gio open:gnome-open:kde-open:kde-open5:exo-open";

/**
 * Finds what can open a browser on this machine, without starting anything. `unusable` says what is wrong with `BROWSER`
 * where it is set and nothing that it names is there.
 */
export function findOpeners(surroundings: Surroundings): OpenerSearch {
  // Who sets BROWSER knows better than any sign of a missing screen: a remote editor opens it on the person's side.
  const chosen = chosenOpeners(surroundings);
  const unusable = chosen.length > 0 ? undefined : whyUnusable(surroundings);
  const obstacle = chosen.length > 0 ? returnObstacle(surroundings) : browserObstacle(surroundings);
  if (obstacle !== undefined) return notFound(obstacle, unusable);
  const openers = chosen.length > 0 ? chosen : systemOpeners(surroundings);
  return openers.length > 0 ? { found: true, openers, unusable } : notFound("no_opener", unusable);
}

// Whoever has set BROWSER wants to hear of it first.
function notFound(obstacle: Obstacle, unusable: string | undefined): OpenerSearch {
  const { remedy } = obstacleWords()[obstacle];
  return {
    found: false,
    obstacle,
    remedy: unusable === undefined ? remedy : `${unusable}. ${remedy}`,
    unusable,
  };
}

function chosenOpeners(surroundings: Surroundings): readonly Opener[] {
  return commandsOf(surroundings).flatMap((command) =>
    openerFor(asMeant(command, surroundings), surroundings),
  );
}

/** A full path with spaces that nobody has quoted, as "C:\\Program Files" stands in many a variable: the program is there. */
function asMeant(command: BrowserCommand, { platform, isProgram }: Surroundings): BrowserCommand {
  const { program, args } = command;
  if (args.length === 0 || !pathsOf(platform).isAbsolute(program) || isProgram(program)) return command;
  for (let count = 1; count <= Math.min(args.length, MOST_SPACES); count += 1) {
    const path = [program, ...args.slice(0, count)].join(" ");
    if (isProgram(path)) return { program: path, args: args.slice(count) };
  }
  return command;
}

function commandsOf({ platform, env }: Surroundings): readonly BrowserCommand[] {
  return parseBrowserVariable(env["BROWSER"] ?? "", platform === "win32" ? ";" : ":");
}

function whyUnusable(surroundings: Surroundings): string | undefined {
  const [first] = commandsOf(surroundings);
  if (first === undefined) return undefined;
  const example = surroundings.platform === "win32" ? "C:\\Tools\\browser.exe" : "/usr/bin/firefox";
  return (
    `BROWSER is set to ${JSON.stringify((surroundings.env["BROWSER"] ?? "").slice(0, LONGEST_SHOWN))}, ` +
    `and ${JSON.stringify(first.program.slice(0, LONGEST_SHOWN))} was not found: ` +
    `write a program's full path, such as ${example}, in quotes if it has spaces, or a name that is on PATH, or unset it`
  );
}

function systemOpeners(surroundings: Surroundings): readonly Opener[] {
  const { platform, env } = surroundings;
  if (platform === "win32")
    return [windowsOpener(pathsOf("win32").join(windowsFolder(env), "System32", "rundll32.exe"))];
  if (platform === "darwin") return [{ name: "open", file: "/usr/bin/open", args: (url) => [url] }];
  const linux = (): readonly Opener[] =>
    parseBrowserVariable(LINUX_OPENERS, ":").flatMap((command) => openerFor(command, surroundings));
  return isWslMachine(surroundings) ? [...wslOpeners(surroundings), ...linux()] : linux();
}

function wslOpeners(surroundings: Surroundings): readonly Opener[] {
  if (!hasInterop(surroundings)) return [];
  const root = wslSetting(surroundings.readText("/etc/wsl.conf"), "automount", "root");
  const rundll32 = pathsOf("linux").join(root || "/mnt/", "c/Windows/System32/rundll32.exe");
  const wslview = openerFor({ program: "wslview", args: [] }, surroundings).map((opener) => ({
    ...opener,
    // wslview hands its argument on to PowerShell as program text.
    args: (url: string) => [withoutShellCharacters(url)],
  }));
  return [...wslview, ...(surroundings.isProgram(rundll32) ? [windowsOpener(rundll32)] : [])];
}

/**
 * `url.dll` calls ShellExecute for everything behind its name, so that "&" and "%" reach the browser as they are.
 * `cmd /c start` would read them as its own.
 */
function windowsOpener(rundll32: string): Opener {
  const args = (url: string): readonly string[] => ["url.dll,FileProtocolHandler", url];
  return { name: "rundll32", file: rundll32, args };
}

function windowsFolder(env: Surroundings["env"]): string {
  const folder = env["SystemRoot"] ?? env["windir"] ?? "";
  return /^[a-z]:\\/i.test(folder) ? folder : "C:\\Windows";
}

function openerFor(command: BrowserCommand, surroundings: Surroundings): readonly Opener[] {
  const file = findProgram(command.program, surroundings);
  const opener = {
    name: command.program,
    file: file ?? "",
    args: (url: string) => argumentsFor(command, url),
  };
  return file === undefined ? [] : [opener];
}

// We look through PATH ourselves: the full path is what is run, and a relative entry of PATH is never used.
function findProgram(program: string, { platform, env, isProgram }: Surroundings): string | undefined {
  const path = pathsOf(platform);
  if (path.isAbsolute(program)) return isProgram(program) ? program : undefined;
  if (program !== path.basename(program)) return undefined;
  const names = platform === "win32" && !/\.(exe|com)$/i.test(program) ? [`${program}.exe`] : [program];
  return (env["PATH"] ?? env["Path"] ?? "")
    .split(path.delimiter)
    .filter((folder) => path.isAbsolute(folder))
    .flatMap((folder) => names.map((name) => path.join(folder, name)))
    .find(isProgram);
}

// Asked for where it is used: an import would give the module's every export a binding.
function pathsOf(platform: NodeJS.Platform): PlatformPath {
  const { posix, win32 } = process.getBuiltinModule("node:path");
  return platform === "win32" ? win32 : posix;
}

function withoutShellCharacters(url: string): string {
  return url.replaceAll(
    /[^A-Za-z0-9\-._~:/?#[\]@&=+,%]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase().padStart(2, "0")}`,
  );
}
