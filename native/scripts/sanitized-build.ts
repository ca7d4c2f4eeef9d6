import { spawnSync } from "node:child_process";
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { nodeAddon } from "./mingw.ts";
import { cache, root } from "./wine/paths.ts";

/** The addon's own code on Linux, against stand-ins of Windows's headers. */
export interface SanitizedBuild {
  readonly compiler: "g++" | "clang++";
  readonly name: string;
  /** As the compiler calls them. */
  readonly sanitizers: string;
  /** As seen from this package. */
  readonly sources: readonly string[];
  /** An addon for Node.js instead of a program. */
  readonly addon?: boolean;
}

const FLAGS = [
  "-std=c++17",
  "-O1",
  "-g",
  "-fshort-wchar",
  "-fno-omit-frame-pointer",
  "-fno-sanitize-recover=undefined",
  "-Wno-non-virtual-dtor",
];
const folder = join("test", "sanitized");

/** The sources whose answers are drawn from bytes, and what reads them. */
export const VALUES: readonly string[] = [
  ...["fuzz_values", "drawn", "strings"].map((name) => join(folder, `${name}.cc`)),
  "cpp/read_values.cc",
];

export function sanitizedSource(name: string): string {
  return join(folder, name);
}

export function hasCompiler(compiler: SanitizedBuild["compiler"]): boolean {
  return spawnSync(compiler, ["--version"], { stdio: "ignore" }).status === 0;
}

const ADDON = [
  "-fPIC",
  "-shared",
  ...nodeAddon.include.map((each) => `-I${each}`),
  ...nodeAddon.defines.map((each) => `-D${each}`),
];

/** @returns the program, or the addon. @throws Error with what the compiler says */
export function buildSanitized({ compiler, name, sanitizers, sources, addon }: SanitizedBuild): string {
  const work = join(cache, "sanitized");
  mkdirSync(work, { recursive: true });
  const program = join(work, name);
  const include = [join(folder, "standin"), folder, "cpp"].map((each) => `-I${each}`);
  const { status, stderr } = spawnSync(
    compiler,
    [
      ...FLAGS,
      ...include,
      ...(addon === true ? ADDON : []),
      `-fsanitize=${sanitizers}`,
      "-pthread",
      "-o",
      program,
      ...sources,
    ],
    { cwd: root, encoding: "utf8" },
  );
  if (status !== 0) throw new Error(`${compiler} cannot build ${name}: ${stderr}`);
  return program;
}
