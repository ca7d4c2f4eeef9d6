import { readFileSync } from "node:fs";
import { join } from "node:path/posix";
import { importedFile } from "./imported-file.ts";
import { readImports } from "./read-imports.ts";
import { sourceFiles } from "./source-files.ts";

/** A package as far as its house is concerned. Files are paths below its `src`, such as `errors/printable.ts`. */
export interface Package {
  /** `packages/core` */
  readonly folder: string;
  readonly files: readonly string[];
  /** What its manifest leads to, by `exports`, `bin` and `imports`. */
  readonly targets: readonly Target[];
  /** Which of its own files each file imports, in whatever way. */
  readonly imports: ReadonlyMap<string, readonly string[]>;
}

/** One place that a manifest leads to. */
export interface Target {
  readonly field: "exports" | "bin" | "imports";
  /** `./flow`, `#load-msal` */
  readonly name: string;
  /** `./dist/flow.mjs` */
  readonly path: string;
  /** The file that it is built of: `flow.ts`; none where it is not built. */
  readonly file?: string;
}

interface Manifest {
  readonly name: string;
  readonly exports?: unknown;
  readonly bin?: unknown;
  readonly imports?: unknown;
}

/** @param folder as seen from the root: `packages/core` */
export function readPackage(root: string, folder: string): Package {
  const manifest = JSON.parse(readFileSync(join(root, folder, "package.json"), "utf8")) as Manifest;
  const source = `${folder}/src/`;
  const files = sourceFiles(root, `${folder}/src`).map((path) => path.slice(source.length));
  const targets = (["exports", "bin", "imports"] as const).flatMap((field) =>
    targetsOf(field, manifest[field]),
  );
  const known = new Set(files);
  const imports = new Map(
    files.map((file) => {
      const { fixed, lazy } = readImports(file, readFileSync(join(root, source, file), "utf8"));
      const entriesOf = (name: string): readonly string[] => {
        const entry = name.startsWith("#") ? name : ownEntry(manifest.name, name);
        return targets.flatMap((target) => (target.name === entry ? (target.file ?? []) : []));
      };
      const found = [...fixed, ...lazy].flatMap(
        (name) => importedFile(known, file, name) ?? entriesOf(name).filter((path) => known.has(path)),
      );
      return [file, [...new Set(found)]] as const;
    }),
  );
  return { folder, files, targets, imports };
}

// `@entrada/core/flow` within core is `./flow`.
function ownEntry(self: string, name: string): string | undefined {
  return name === self || name.startsWith(`${self}/`) ? `.${name.slice(self.length)}` : undefined;
}

function targetsOf(field: Target["field"], value: unknown, name = "."): readonly Target[] {
  if (typeof value === "string") {
    // What is built of a source, and of its declarations, has the ending of its kind: `flow.mjs`, `flow.d.mts`.
    const built = /^\.\/dist\/(.+?)(?:\.d)?\.[cm]?[jt]s$/.exec(value);
    return [{ field, name, path: value, ...(built && { file: `${built[1]}.ts` }) }];
  }
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) =>
    // What is no name is a condition, such as `types`.
    targetsOf(field, inner, field === "bin" || /^[.#]/.test(key) ? key : name),
  );
}
