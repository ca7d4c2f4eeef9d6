import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { readTarball, type Tarball } from "./tarball.ts";

/** `sha512-…  packages/entrada-core-0.1.0.tgz`, a line each: what passed. */
const SUMS = "integrity.txt";

/** What `changeset pack` made: the tarballs, and the plan to publish them by. */
export function readPackedFolder(folder: string): readonly Tarball[] {
  return pathsIn(folder).map((path) => readTarball(join(folder, path)));
}

/** Writes down what passed, next to it. */
export function sealPackedFolder(folder: string): void {
  writeFileSync(join(folder, SUMS), sumsOf(folder));
}

/** @throws Error unless the tarballs of the plan are the very ones that passed */
export function checkSeal(folder: string): void {
  const sealed = readFileSync(join(folder, SUMS), "utf8");
  const present = sumsOf(folder);
  if (present === "") throw new Error("There is nothing to publish");
  if (sealed !== present)
    throw new Error(`These are not the tarballs that passed.\nPassed:\n${sealed}Here:\n${present}`);
}

function sumsOf(folder: string): string {
  return pathsIn(folder)
    .toSorted()
    .map((path) => `${readTarball(join(folder, path)).integrity}  ${path}\n`)
    .join("");
}

function pathsIn(folder: string): readonly string[] {
  const { plan } = JSON.parse(readFileSync(join(folder, "publish-plan.json"), "utf8")) as PublishPlan;
  return plan.flat().flatMap(({ tarball }) => (tarball ? [tarball.path] : []));
}

interface PublishPlan {
  readonly plan: readonly (readonly { readonly tarball?: { readonly path: string } }[])[];
}
