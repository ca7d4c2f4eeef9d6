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
}

/** The packages in a copy of this repository that are not private, in the order of their names. */
export function publishedPackages(root: string): readonly PublishedPackage[] {
  const folders = [...readdirSync(join(root, "packages")).map((name) => join("packages", name)), "native"];
  return folders
    .map((folder) => join(root, folder))
    .filter((folder) => existsSync(join(folder, "package.json")))
    .flatMap((folder) => {
      const manifest = JSON.parse(readFileSync(join(folder, "package.json"), "utf8")) as Manifest;
      if (manifest.private) return [];
      const { name, version, exports = {} } = manifest;
      const paths = Object.keys(exports).filter((path) => path !== "./package.json");
      return [{ name, version, folder, specifiers: paths.map((path) => name + path.slice(1)) }];
    })
    .toSorted((a, b) => a.name.localeCompare(b.name));
}

interface Manifest {
  readonly name: string;
  readonly version: string;
  readonly private?: boolean;
  readonly exports?: Readonly<Record<string, unknown>>;
}
