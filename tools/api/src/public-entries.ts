import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { readFileSync, readdirSync } from "node:fs";
import { INTERNAL_ENTRIES } from "./internal-entries.ts";

/** Something that can be imported: one line of the `exports` of a published package. */
export interface PublicEntry {
  /** `@entrada/core/flow` */
  readonly specifier: string;
  /** The folder of its package. */
  readonly folder: string;
  /** Its declarations as the compiler wrote them, each beside others like its source: what is published is put together from them. */
  readonly declarations: string;
  /** Its report, checked in. */
  readonly report: string;
}

const root = fileURLToPath(new URL("../../..", import.meta.url));

/** Every entry point of every package that is published, in the order of their names. */
export function publicEntries(): readonly PublicEntry[] {
  const folders = [...readdirSync(join(root, "packages")).map((name) => join("packages", name)), "native"];
  return folders
    .flatMap((folder) => entriesOf(join(root, folder)))
    .filter(({ specifier }) => !INTERNAL_ENTRIES.has(specifier))
    .toSorted((a, b) => a.specifier.localeCompare(b.specifier));
}

function entriesOf(folder: string): readonly PublicEntry[] {
  const manifest = JSON.parse(readFileSync(join(folder, "package.json"), "utf8")) as Manifest;
  if (manifest.private) return [];
  return Object.entries(manifest.exports)
    .filter(([path]) => path !== "./package.json")
    .map(([path, entry]) => {
      const module = typeof entry === "string" ? entry : entry.default;
      const specifier = manifest.name + path.slice(1);
      const file = `${specifier.replace("@entrada/", "").replaceAll("/", ".")}.api.md`;
      return {
        specifier,
        folder,
        declarations: join(folder, module.replace(/\.mjs$/, ".d.ts")),
        report: join(root, "api", file),
      };
    });
}

interface Manifest {
  readonly name: string;
  readonly private?: boolean;
  readonly exports: Readonly<Record<string, string | { readonly default: string }>>;
}
