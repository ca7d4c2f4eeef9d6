// The compiler for Windows on arm64 on Linux, which mingw-w64 has none for: clang with the headers and the C++ library of
// mingw-w64, as the Zig project packs them. Its binaries bind to the file name node.exe.
import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readdirSync, renameSync, rmSync } from "node:fs";
import { dirname, join } from "node:path";
import { importLibraryDefinition, objectsOf, runTool, timeOf } from "./mingw.ts";
import type { MingwBuild } from "./mingw.ts";
import { cache } from "./wine/paths.ts";

/** The one that the npm registry has. */
const VERSION = "0.12.0-dev.1286";
const TARGET = "aarch64-windows-gnu";
/** What the addon uses of Windows. Zig has no "runtimeobject", and the sets that it consists of. */
const SYSTEM_LIBRARIES = [
  "api-ms-win-core-winrt-l1-1-0",
  "api-ms-win-core-winrt-string-l1-1-0",
  "ole32",
  "user32",
  "advapi32",
  "uuid",
];

/**
 * The compiler, fetched once from the npm registry: 60 MB, so that only who asks for arm64 waits for it. Undefined when
 * it is not there and cannot be fetched.
 */
export function zig(): string | undefined {
  const folder = join(cache, `zig-${VERSION}`);
  const executable = join(folder, "zig");
  if (existsSync(executable)) return executable;
  if (process.platform !== "linux" || !["x64", "arm64"].includes(process.arch)) return undefined;

  const work = join(cache, "zig.part");
  rmSync(work, { recursive: true, force: true });
  mkdirSync(work, { recursive: true });
  const name = `zig-linux-${process.arch}`;
  const fetched =
    succeeds("npm", ["pack", `@oven/${name}@${VERSION}`, "--silent"], work) &&
    succeeds("tar", ["xzf", `oven-${name}-${VERSION}.tgz`], work) &&
    existsSync(join(work, "package", "zig"));
  if (fetched) renameSync(join(work, "package"), folder);
  rmSync(work, { recursive: true, force: true });
  return fetched ? executable : undefined;
}

/** Compiles what is out of date and links, for arm64. @throws Error with the compiler's words. */
export function buildWithZig(compiler: string, build: Omit<MingwBuild, "target" | "program">): void {
  mkdirSync(build.work, { recursive: true });
  mkdirSync(dirname(build.output), { recursive: true });
  const objects = objectsOf(build, (options) => run(compiler, "c++", options));
  if (timeOf(build.output) > Math.max(...objects.map(timeOf))) return;
  run(compiler, "c++", [
    ..."-shared -s -Os -Wl,--gc-sections".split(" "),
    "-o",
    build.output,
    ...objects,
    ...build.libraries,
    ...SYSTEM_LIBRARIES.map((name) => `-l${name}`),
  ]);
  // Beside the binary the linker leaves what a debugger and another linker would want, by names of its own.
  const folder = dirname(build.output);
  for (const name of readdirSync(folder)) {
    if (/\.(?:lib|pdb)$/.test(name)) rmSync(join(folder, name));
  }
}

/** The import library of node.exe's Node-API functions. */
export function nodeImportLibraryOfZig(compiler: string, work: string): string {
  mkdirSync(work, { recursive: true });
  const library = join(work, "libnode.a");
  if (existsSync(library)) return library;
  const definition = importLibraryDefinition(library);
  runTool(compiler, ["dlltool", "-m", "arm64", "-d", definition, "-D", "node.exe", "-l", library], ZIG_CACHE);
  return library;
}

// Its libraries are compiled once, and belong to this folder like all that is built here.
const ZIG_CACHE = {
  ZIG_GLOBAL_CACHE_DIR: join(cache, "zig-cache"),
  ZIG_LOCAL_CACHE_DIR: join(cache, "zig-cache"),
};

function run(compiler: string, tool: string, args: readonly string[]): void {
  runTool(compiler, [tool, "-target", TARGET, ...args], ZIG_CACHE);
}

function succeeds(command: string, args: readonly string[], cwd: string): boolean {
  return spawnSync(command, args, { cwd, stdio: "ignore" }).status === 0;
}
