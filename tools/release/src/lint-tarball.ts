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
  return [...asModules, ...asRequired].map((problem) => JSON.stringify(problem));
}
