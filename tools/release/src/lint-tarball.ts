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
 * What "are the types wrong?" says of a packed package. Of one that has ES modules only, how the oldest resolution of
 * TypeScript, and `require` before Node could load ES modules with it, see it is left out.
 */
export async function typesProblems({ bytes }: Tarball): Promise<readonly string[]> {
  const analysis = await checkPackage(createPackageFromTarballData(bytes));
  if (!analysis.types) return ["it has no types"];
  const requirable = Object.values(analysis.entrypoints["."]?.resolutions ?? {}).some(({ resolution }) =>
    /\.c[jt]s$/.test(resolution?.fileName ?? ""),
  );
  const kinds = requirable
    ? (["node16-esm", "bundler", "node16-cjs", "node10"] as const)
    : (["node16-esm", "bundler"] as const);
  const problems = kinds.flatMap((resolutionKind) => filterProblems(analysis, { resolutionKind }));
  return problems.map((problem) => JSON.stringify(problem));
}
