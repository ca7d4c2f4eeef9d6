import type { PlatformPath } from "node:path";
import { argumentsFor, type BrowserCommand, parseBrowserVariable } from "./parse-browser-variable.ts";
import type { BrowserSurroundings } from "./surroundings.ts";

/** A program that opens a URL in the person's browser. */
export interface Opener {
  /** For messages. */
  readonly name: string;
  /** Full path. */
  readonly file: string;
  readonly args: (url: string) => readonly string[];
  /** The longest URL it keeps whole, in characters. Absent: every URL that we open. */
  readonly longestUrl?: number;
}

/** The openers to try, in order; or why there is no browser for a person here. */
export type OpenerSearch =
  | { readonly found: true; readonly openers: readonly Opener[] }
  | { readonly found: false; readonly reason: string };

// Windows cuts what is over INTERNET_MAX_URL_LENGTH (2,083) when it opens a URL.
const LONGEST_WINDOWS_URL = 2000;
const LINUX_OPENERS: readonly BrowserCommand[] = [
  { program: "xdg-open", args: [] },
  { program: "x-www-browser", args: [] },
  { program: "sensible-browser", args: [] },
  { program: "gio", args: ["open"] },
  { program: "gnome-open", args: [] },
  { program: "kde-open", args: [] },
  { program: "kde-open5", args: [] },
  { program: "exo-open", args: [] },
];
const CI_VARIABLES = ["CI", "GITHUB_ACTIONS", "TF_BUILD", "GITLAB_CI", "JENKINS_URL", "TEAMCITY_VERSION"];
const SSH_VARIABLES = ["SSH_CONNECTION", "SSH_CLIENT", "SSH_TTY"];

/** Finds what can open a browser on this machine, without starting anything. */
export function findOpeners(surroundings: BrowserSurroundings): OpenerSearch {
  // Who sets BROWSER knows better than any sign of a missing screen: a remote editor opens it on the person's side.
  const chosen = chosenOpeners(surroundings);
  if (chosen.length > 0) return { found: true, openers: chosen };

  const reason = whyNobodySees(surroundings);
  if (reason !== undefined) return { found: false, reason };
  const openers = systemOpeners(surroundings);
  return openers.length > 0
    ? { found: true, openers }
    : { found: false, reason: "no program that opens a browser is installed (such as xdg-open)" };
}

function chosenOpeners(surroundings: BrowserSurroundings): readonly Opener[] {
  const separator = surroundings.platform === "win32" ? ";" : ":";
  const commands = parseBrowserVariable(surroundings.env["BROWSER"] ?? "", separator);
  return commands.flatMap((command) => openerFor(command, surroundings));
}

function whyNobodySees({ env, ...surroundings }: BrowserSurroundings): string | undefined {
  const set = (name: string): boolean => !["", "0", "false"].includes((env[name] ?? "").toLowerCase());
  if (CI_VARIABLES.some(set)) return "this is a CI job";
  if (SSH_VARIABLES.some(set)) return "this is an SSH session";
  const { platform } = surroundings;
  if (platform === "win32" || platform === "darwin" || isWsl({ env, ...surroundings })) return undefined;
  return set("DISPLAY") || set("WAYLAND_DISPLAY")
    ? undefined
    : "there is no screen (neither DISPLAY nor WAYLAND_DISPLAY is set)";
}

function systemOpeners(surroundings: BrowserSurroundings): readonly Opener[] {
  const { platform, env } = surroundings;
  if (platform === "win32")
    return [windowsOpener(pathsOf("win32").join(windowsFolder(env), "System32", "rundll32.exe"))];
  if (platform === "darwin") return [{ name: "open", file: "/usr/bin/open", args: (url) => [url] }];
  const linux = (): readonly Opener[] => LINUX_OPENERS.flatMap((command) => openerFor(command, surroundings));
  return isWsl(surroundings) ? [...wslOpeners(surroundings), ...linux()] : linux();
}

function wslOpeners(surroundings: BrowserSurroundings): readonly Opener[] {
  const root = /^\s*root\s*=\s*"?([^"\n]+?)"?\s*$/m.exec(surroundings.readText("/etc/wsl.conf") ?? "")?.[1];
  const rundll32 = pathsOf("linux").join(root ?? "/mnt/", "c/Windows/System32/rundll32.exe");
  const wslview = openerFor({ program: "wslview", args: [] }, surroundings).map((opener) => ({
    ...opener,
    // wslview hands its argument on to PowerShell as program text.
    args: (url: string) => [withoutShellCharacters(url)],
    longestUrl: LONGEST_WINDOWS_URL,
  }));
  return [...wslview, ...(surroundings.isProgram(rundll32) ? [windowsOpener(rundll32)] : [])];
}

/**
 * `url.dll` calls ShellExecute for everything behind its name, so that "&" and "%" reach the browser as they are.
 * `cmd /c start` would read them as its own.
 */
function windowsOpener(rundll32: string): Opener {
  const args = (url: string): readonly string[] => ["url.dll,FileProtocolHandler", url];
  return { name: "rundll32", file: rundll32, args, longestUrl: LONGEST_WINDOWS_URL };
}

function windowsFolder(env: BrowserSurroundings["env"]): string {
  const folder = env["SystemRoot"] ?? env["windir"] ?? "";
  return /^[a-z]:\\/i.test(folder) ? folder : "C:\\Windows";
}

function isWsl({ platform, env, readText }: Omit<BrowserSurroundings, "isProgram">): boolean {
  if (platform !== "linux") return false;
  return (
    Boolean(env["WSL_DISTRO_NAME"] || env["WSL_INTEROP"]) ||
    /microsoft/i.test(readText("/proc/version") ?? "")
  );
}

function openerFor(command: BrowserCommand, surroundings: BrowserSurroundings): readonly Opener[] {
  const file = findProgram(command.program, surroundings);
  const opener = {
    name: command.program,
    file: file ?? "",
    args: (url: string) => argumentsFor(command, url),
  };
  return file === undefined ? [] : [opener];
}

// We look through PATH ourselves: the full path is what is run, and a relative entry of PATH is never used.
function findProgram(program: string, { platform, env, isProgram }: BrowserSurroundings): string | undefined {
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
