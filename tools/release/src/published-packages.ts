import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

/** A package of this repository that goes to the registry. */
export interface PublishedPackage {
  readonly name: string;
  readonly version: string;
  /** Where it lies: an absolute path. */
  readonly folder: string;
  /** What can be imported: `@entrada/core`, `@entrada/core/flow`. */
  readonly specifiers: readonly string[];
  /** The processor of Windows whose native module this is: a package with nothing to import. */
  readonly processor?: string;
}

/** Where packages are, besides `native`. */
const PARENTS = ["packages", join("native", "prebuilds")];

/** The packages in a copy of this repository that are not private, in the order of their names. */
export function publishedPackages(root: string): readonly PublishedPackage[] {
  const below = PARENTS.flatMap((parent) =>
    readdirSync(join(root, parent)).map((name) => join(parent, name)),
  );
  return [...below, "native"]
    .map((folder) => join(root, folder))
    .filter((folder) => existsSync(join(folder, "package.json")))
    .flatMap((folder) => {
      const manifest = JSON.parse(readFileSync(join(folder, "package.json"), "utf8")) as Manifest;
      if (manifest.private) return [];
      const { name, version, exports = {}, publishConfig } = manifest;
      const paths = Object.keys(exports).filter((path) => path !== "./package.json");
      const specifiers = paths.map((path) => name + path.slice(1));
      const [processor] = publishConfig?.cpu ?? [];
      return [{ name, version, folder, specifiers, ...(processor !== undefined && { processor }) }];
    })
    .toSorted((a, b) => a.name.localeCompare(b.name));
}

interface Manifest {
  readonly name: string;
  readonly version: string;
  readonly private?: boolean;
  readonly exports?: Readonly<Record<string, unknown>>;
  /** What becomes a field of its own where it is packed: the workspace itself is for every system. */
  readonly publishConfig?: { readonly cpu?: readonly string[] };
}
