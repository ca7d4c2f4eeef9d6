import { existsSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { readPeFile } from "./pe-file.ts";

/** The processors that the package is released for. */
export const architectures = ["x64", "arm64", "ia32"] as const;

/** All binaries of the package together. */
export const sizeBudgetInBytes = 1_048_576;

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
  const size = present.reduce((sum, { path }) => sum + statSync(path).size, 0);
  return [
    ...(release
      ? files.filter((file) => !present.includes(file)).map(({ name }) => `${name} is missing`)
      : []),
    ...(size > sizeBudgetInBytes ? [`${size} bytes are more than the budget of ${sizeBudgetInBytes}`] : []),
    ...present.flatMap(({ architecture, name, path }) =>
      binaryProblems(readFileSync(path), architecture, release).map((problem) => `${name} ${problem}`),
    ),
  ];
}

function binaryProblems(bytes: Buffer, wanted: string, release: boolean): string[] {
  const { architecture, imports, delayImports, dependentLoadFlags, guarded } = readPeFile(bytes);
  const problems = architecture === wanted ? [] : [`is for ${architecture}`];
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
