// The cross compiler on Linux. Its binaries are for tests under Wine: they bind to the file name node.exe.
import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, readdirSync, statSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { basename, dirname, join } from "node:path";

export interface MingwTarget {
  readonly architecture: "x64" | "ia32";
  readonly prefix: "x86_64-w64-mingw32" | "i686-w64-mingw32";
  readonly machine: "i386:x86-64" | "i386";
}

export const mingwTargets: readonly MingwTarget[] = [
  { architecture: "x64", prefix: "x86_64-w64-mingw32", machine: "i386:x86-64" },
  { architecture: "ia32", prefix: "i686-w64-mingw32", machine: "i386" },
];

export interface MingwBuild {
  readonly target: MingwTarget;
  readonly sources: readonly string[];
  /** Folders of headers; a header that is newer than an object file rebuilds it. */
  readonly include: readonly string[];
  readonly defines?: readonly string[];
  readonly libraries: readonly string[];
  /** Folder for object files. */
  readonly work: string;
  readonly output: string;
  /** A program instead of a DLL. */
  readonly program?: boolean;
}

const require = createRequire(import.meta.url);
const headers = dirname(require.resolve("node-api-headers/package.json"));

/** Include folders and defines of a Node-API addon in C++. */
export const nodeAddon = {
  include: [join(headers, "include"), dirname(require.resolve("node-addon-api/package.json"))],
  defines: [
    "NAPI_VERSION=8",
    "NAPI_CPP_EXCEPTIONS",
    "NODE_ADDON_API_CPP_EXCEPTIONS_ALL",
    "NODE_API_SWALLOW_UNTHROWABLE_EXCEPTIONS",
    "NOMINMAX",
    "UNICODE",
  ],
} as const;

/** What the addon uses of Windows. */
const SYSTEM_LIBRARIES = ["runtimeobject", "ole32", "user32", "advapi32", "uuid"];

/** Whether this machine has the compiler. */
export function hasMingw(target: MingwTarget): boolean {
  return spawnSync(compiler(target), ["--version"], { stdio: "ignore" }).status === 0;
}

/** Compiles what is out of date and links. @throws Error with the compiler's words. */
export function buildWithMingw(build: MingwBuild): void {
  mkdirSync(build.work, { recursive: true });
  mkdirSync(dirname(build.output), { recursive: true });
  const objects = objectsOf(build, (options) => run(compiler(build.target), options));
  if (timeOf(build.output) > Math.max(...objects.map(timeOf))) return;
  run(compiler(build.target), [
    ...(build.program === true ? [] : ["-shared"]),
    "-static",
    "-s",
    "-o",
    build.output,
    ...objects,
    ...build.libraries,
    ...SYSTEM_LIBRARIES.map((name) => `-l${name}`),
    ...(build.target.architecture === "ia32" ? [comLibrary(build.target, build.work)] : []),
    "-Wl,--no-insert-timestamp,--gc-sections",
  ]);
}

/** The import library of node.exe's Node-API functions. */
export function nodeImportLibrary(target: MingwTarget, work: string): string {
  mkdirSync(work, { recursive: true });
  const library = join(work, "libnode.a");
  if (existsSync(library)) return library;
  return importLibrary(target, library, "node.exe", nodeFunctions());
}

/** Writes what an import library of node.exe's Node-API functions is made from, beside it. */
export function importLibraryDefinition(
  library: string,
  dll: string = "node.exe",
  names: readonly string[] = nodeFunctions(),
): string {
  const definition = library.replace(/\.a$/, ".def");
  writeFileSync(definition, [`NAME ${dll}`, "EXPORTS", ...names, ""].join("\n"));
  return definition;
}

function nodeFunctions(): readonly string[] {
  return ["js_native_api", "node_api"].flatMap((name) =>
    readFileSync(join(headers, "def", `${name}.def`), "utf8")
      .split(/\r?\n/)
      .filter((line) => line.trim() !== "" && !/^(NAME|EXPORTS)\b/.test(line)),
  );
}

/** The one function that the 32-bit ole32 library of mingw-w64 10 lacks. */
function comLibrary(target: MingwTarget, work: string): string {
  return importLibrary(target, join(work, "libcom.a"), "ole32.dll", ["CoIncrementMTAUsage@4"]);
}

function importLibrary(target: MingwTarget, library: string, dll: string, names: readonly string[]): string {
  const definition = importLibraryDefinition(library, dll, names);
  const assembler = target.architecture === "ia32" ? ["--as-flags=--32"] : [];
  run(`${target.prefix}-dlltool`, [
    "-k",
    "-m",
    target.machine,
    ...assembler,
    "-d",
    definition,
    "-l",
    library,
  ]);
  return library;
}

/**
 * The object files of a build, each made anew where it is out of date.
 * @param compile - runs the compiler with these options
 */
export function objectsOf(
  build: Pick<MingwBuild, "work" | "sources" | "include" | "defines">,
  compile: (options: readonly string[]) => void,
): readonly string[] {
  const newestHeader = newestHeaderOf(build.include);
  return build.sources.map((source) => objectOf(build, source, newestHeader, compile));
}

function objectOf(
  build: Pick<MingwBuild, "work" | "include" | "defines">,
  source: string,
  newestHeader: number,
  compile: (options: readonly string[]) => void,
): string {
  const object = join(build.work, `${basename(source)}.o`);
  if (timeOf(object) > Math.max(timeOf(source), newestHeader)) return object;
  compile([
    ..."-std=c++17 -Os -Wall -Wextra -Werror -Wno-non-virtual-dtor".split(" "),
    ..."-ffunction-sections -fdata-sections -c -o".split(" "),
    object,
    source,
    ...build.include.map((folder) => `-I${folder}`),
    ...(build.defines ?? []).map((define) => `-D${define}`),
  ]);
  return object;
}

function compiler(target: MingwTarget): string {
  return `${target.prefix}-g++-posix`;
}

/** When the newest header in these folders was written. */
function newestHeaderOf(folders: readonly string[]): number {
  return Math.max(...folders.flatMap(headerTimes), 0);
}

function headerTimes(folder: string): number[] {
  return readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".h"))
    .map((name) => timeOf(join(folder, name)));
}

/** When a file was written; 0 where it is not there. */
export function timeOf(file: string): number {
  return statSync(file, { throwIfNoEntry: false })?.mtimeMs ?? 0;
}

function run(command: string, args: readonly string[]): void {
  runTool(command, args);
}

/** @throws Error with what the tool says */
export function runTool(
  command: string,
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
): void {
  const { status, stderr, error } = spawnSync(command, args, {
    env: { ...process.env, ...env },
    encoding: "utf8",
    stdio: ["ignore", "ignore", "pipe"],
  });
  if (error !== undefined) throw error;
  if (status !== 0) throw new Error(`${command} failed:\n${stderr}`);
}
