import { checkPackage, createPackageFromTarballData } from "@arethetypeswrong/core";
import { filterProblems } from "@arethetypeswrong/core/problems";
import { publint } from "publint";
import { formatMessage } from "publint/utils";
import type { Tarball } from "./tarball.ts";

/** What publint says of a packed package, its suggestions included. */
export async function publintMessages({ bytes }: Tarball): Promise<readonly string[]> {
  const { messages, pkg } = await publint({ pack: { tarball: bytes.buffer }, strict: true });
  return messages.map((message) => formatMessage(message, pkg) ?? message.code);
}

/**
 * What "are the types wrong?" says of a packed package. Of an entry point that is for ES modules only, how the oldest
 * resolution of TypeScript, and `require` before Node could load ES modules with it, see it is left out.
 */
export async function typesProblems({ bytes }: Tarball): Promise<readonly string[]> {
  const analysis = await checkPackage(createPackageFromTarballData(bytes));
  if (!analysis.types) return ["it has no types"];
  const required = (entrypoint: string): boolean =>
    Object.values(analysis.entrypoints[entrypoint]?.resolutions ?? {}).some(({ resolution }) =>
      /\.c[jt]s$/.test(resolution?.fileName ?? ""),
    );
  const asModules = (["node16-esm", "bundler"] as const).flatMap((resolutionKind) =>
    filterProblems(analysis, { resolutionKind }),
  );
  const asRequired = (["node16-cjs", "node10"] as const)
    .flatMap((resolutionKind) => filterProblems(analysis, { resolutionKind }))
    .filter((problem) => !("entrypoint" in problem) || required(problem.entrypoint));
  return [...asModules, ...asRequired]
    .map((problem) => JSON.stringify(problem))
    .filter(
      (problem) => !/^\{"kind":"(?:CJSResolvesToESM|FalseCJS)"/.test(problem) || !OF_VITEST.test(problem),
    );
}

/**
 * Who requires it has vitest, which is an ES module, too, and so a Node.js that requires these: its types are those of a
 * module that is required, so that every setting of TypeScript takes it, and its code is one file less.
 */
const OF_VITEST = /"(?:\.\/testing|\/node_modules\/@entrada\/core\/dist\/testing\.d\.cts)"/;
