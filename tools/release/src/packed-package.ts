import type { PublishedPackage } from "./published-packages.ts";
import type { Tarball } from "./tarball.ts";

/** A package with what became of it. */
export interface PackedPackage extends PublishedPackage {
  readonly tarball: Tarball;
}

/** Puts packages and tarballs together. @throws Error unless each package has one of its own version, and none is over */
export function packedPackages(
  packages: readonly PublishedPackage[],
  tarballs: readonly Tarball[],
): readonly PackedPackage[] {
  const strangers = tarballs.filter(({ name }) => !packages.some((entry) => entry.name === name));
  if (strangers.length > 0)
    throw new Error(`Packed without being public: ${strangers.map(({ name }) => name).join(", ")}`);
  return packages.map((entry) => {
    const tarball = tarballs.find(({ name, version }) => name === entry.name && version === entry.version);
    if (!tarball) throw new Error(`${entry.name}@${entry.version} was not packed`);
    return { ...entry, tarball };
  });
}
