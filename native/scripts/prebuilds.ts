import { existsSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { readPeFile } from "./pe-file.ts";

/** The processors that the package is released for. */
export const architectures = ["x64", "arm64", "ia32"] as const;

/**
 * Each binary: a processor runs one of them. What the compilers on Linux make, with their C++ runtime linked in so that
 * nobody has to install one, is the largest: 452,608 bytes with GCC for ia32, 439,808 with clang for arm64.
 */
export const sizeBudgetInBytes = 460_800;

/** LOAD_LIBRARY_SEARCH_SYSTEM32: what the addon imports comes from Windows, never from beside it. */
const systemFolderOnly = 0x0800;

/**
 * What is wrong with the binaries in a `prebuilds` folder; nothing, when all is well. For a release all of them have to
 * be there, and to be those of the compiler whose binaries also load in an executable that is not called node.exe.
 */
export function prebuildProblems(
  folder: string,
  { release }: { readonly release: boolean },
): readonly string[] {
  const files = architectures.map((architecture) => ({
    architecture,
    name: `win32-${architecture}/wam.node`,
    path: join(folder, `win32-${architecture}`, "wam.node"),
  }));
  const present = files.filter(({ path }) => existsSync(path));
  return [
    ...(release
      ? files.filter((file) => !present.includes(file)).map(({ name }) => `${name} is missing`)
      : []),
    ...present
      .map(({ name, path }) => ({ name, size: statSync(path).size }))
      .filter(({ size }) => size > sizeBudgetInBytes)
      .map(({ name, size }) => `${name} has ${size} bytes, more than the budget of ${sizeBudgetInBytes}`),
    ...present.flatMap(({ architecture, name, path }) =>
      binaryProblems(readFileSync(path), architecture, release).map((problem) => `${name} ${problem}`),
    ),
  ];
}

function binaryProblems(bytes: Buffer, wanted: string, release: boolean): string[] {
  const file = readPeFile(bytes);
  const { architecture, imports, delayImports, dependentLoadFlags, guarded } = file;
  const problems = architecture === wanted ? [] : [`is for ${architecture}`];
  if (!file.relocatable) problems.push("is loaded at one address only");
  if (!file.dataNotExecuted) problems.push("lets data be executed");
  const strange = imports.find((name) => name.startsWith("lib"));
  if (strange !== undefined) problems.push(`needs ${strange}, which only its compiler's machine has`);
  if (!release) return problems;
  const runtime = imports.find((name) => /^(msvcp|vcruntime|ucrtbase|api-ms-win-crt)/.test(name));
  if (runtime !== undefined) problems.push(`needs ${runtime}, which is not on every machine`);
  if (imports.includes("node.exe")) problems.push("binds to the file name node.exe: it is a test build");
  if (!delayImports.includes("node.exe")) problems.push("lacks the delay-load hook");
  if (dependentLoadFlags !== systemFolderOnly)
    problems.push("looks for DLLs elsewhere than in the system's folder");
  if (!guarded) problems.push("is built without Control Flow Guard");
  return problems;
}
