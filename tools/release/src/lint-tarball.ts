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
 * What "are the types wrong?" says of a packed package that has ES modules only: how the oldest resolution of
 * TypeScript, and `require` before Node could load ES modules with it, see the package is left out.
 */
export async function typesProblems({ bytes }: Tarball): Promise<readonly string[]> {
  const analysis = await checkPackage(createPackageFromTarballData(bytes));
  if (!analysis.types) return ["it has no types"];
  const problems = (["node16-esm", "bundler"] as const).flatMap((resolutionKind) =>
    filterProblems(analysis, { resolutionKind }),
  );
  return problems.map((problem) => JSON.stringify(problem));
}
