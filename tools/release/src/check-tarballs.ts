import { isDeepStrictEqual } from "node:util";
import { publishedDeclarations } from "../../build/roll-declarations.mjs";
import type { Checks } from "./checks.ts";
import { differences, readExpectation, writeExpectation } from "./expectation.ts";
import { publintMessages, typesProblems } from "./lint-tarball.ts";
import type { PackedPackage } from "./packed-package.ts";

export interface TarballChecks {
  /** Whether every binary must be there, as in the release. */
  readonly needBinaries: boolean;
  /** Whether to write down what is there rather than to compare with it. */
  readonly update: boolean;
}

/** What can be said of the packed files without installing them. */
export async function checkTarballs(
  checks: Checks,
  packages: readonly PackedPackage[],
  { needBinaries, update }: TarballChecks,
): Promise<void> {
  for (const { tarball, processor } of packages) {
    const { name, manifest, files } = tarball;
    if (update) writeExpectation(tarball);
    await checks.check(`${name}: files and size`, () => {
      refuse(
        differences(tarball, readExpectation(name), {
          needBinaries,
          declarations: publishedDeclarations(manifest).files,
        }),
      );
      const absent = (readExpectation(name).binaries ?? []).filter((file) => !files.includes(file));
      if (absent.length > 0)
        console.log(`       Packed without ${absent.join(", ")}: not compiled on this machine.`);
    });
    await checks.check(`${name}: no script that runs at install, no workspace range`, () => {
      const { scripts = {}, dependencies, optionalDependencies, peerDependencies } = manifest as Manifest;
      const hooks = Object.keys(scripts).filter((script) => /^(pre|post)?(install|prepare)$/.test(script));
      const ranges = Object.entries({ ...dependencies, ...optionalDependencies, ...peerDependencies });
      // The native modules are those of the very release.
      const isOpen = (name: string, range: string): boolean =>
        /^(workspace|catalog|file|link):/.test(range) ||
        (name.startsWith("@entrada/wam-") && range !== tarball.version);
      const open = ranges.filter(([name, range]) => isOpen(name, range));
      const gyp = files.filter((file) => file === "binding.gyp");
      refuse([...hooks, ...open.map(String), ...gyp]);
    });
    // Without its binary a package is not what is published, which is what publint is asked about.
    const { binaries = [] } = readExpectation(name);
    if (needBinaries || binaries.every((file) => files.includes(file)))
      await checks.check(`${name}: publint`, async () => refuse(await publintMessages(tarball)));
    if (processor === undefined)
      await checks.check(`${name}: are the types wrong?`, async () => refuse(await typesProblems(tarball)));
    else
      await checks.check(`${name}: is for Windows on ${processor} alone`, () => {
        const { os, cpu } = manifest as Manifest;
        if (!isDeepStrictEqual({ os, cpu }, { os: ["win32"], cpu: [processor] }))
          throw new Error(`It is for ${JSON.stringify({ os, cpu })}`);
      });
  }
}

function refuse(complaints: readonly string[]): void {
  if (complaints.length > 0) throw new Error(complaints.join("\n"));
}

interface Manifest {
  readonly scripts?: Readonly<Record<string, string>>;
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly optionalDependencies?: Readonly<Record<string, string>>;
  readonly peerDependencies?: Readonly<Record<string, string>>;
  readonly os?: readonly string[];
  readonly cpu?: readonly string[];
}
