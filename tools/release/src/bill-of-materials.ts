import { readFileSync } from "node:fs";
import { join } from "node:path";

/** What is read here of a bill of materials in the form of CycloneDX. */
export interface BillOfMaterials {
  readonly bomFormat: string;
  readonly metadata: { readonly component: Component };
  readonly components?: readonly Component[];
}

/** One part of a package, in the words of CycloneDX. */
export interface Component {
  readonly type?: string;
  readonly purl?: string;
  readonly group?: string;
  readonly name: string;
  readonly version: string;
  readonly licenses?: readonly {
    readonly license?: { readonly id?: string; readonly name?: string };
    readonly expression?: string;
  }[];
}

/** A package as a part of another one, from the folder that it is installed in. */
export function componentOf(folder: string): Component {
  const { name, version, license } = JSON.parse(readFileSync(join(folder, "package.json"), "utf8")) as {
    readonly name: string;
    readonly version: string;
    readonly license?: string;
  };
  const [, group, own = name] = /^(@[^/]+)\/(.+)$/.exec(name) ?? [];
  return {
    type: "library",
    ...(group !== undefined && { group }),
    name: own,
    version,
    purl: `pkg:npm/${name.replace("@", "%40")}@${version}`,
    ...(license !== undefined && { licenses: [{ license: { id: license } }] }),
  };
}

/** Licences that ask for no more than their own text. */
const LICENCES: ReadonlySet<string> = new Set([
  "0BSD",
  "Apache-2.0",
  "BSD-2-Clause",
  "BSD-3-Clause",
  "BlueOak-1.0.0",
  "ISC",
  "MIT",
  "Unlicense",
]);

/** What keeps a package from being released with these parts, a sentence each. */
export function materialProblems(bill: BillOfMaterials, name: string, version: string): readonly string[] {
  const { bomFormat, metadata, components = [] } = bill;
  const own = fullName(metadata.component);
  return [
    ...(bomFormat === "CycloneDX" ? [] : [`${name}: ${bomFormat} is not CycloneDX`]),
    ...(own === `${name}@${version}` ? [] : [`${name}@${version}: the bill is that of ${own}`]),
    ...components
      .filter((component) => !licencesOf(component).some((choice) => isFree(choice)))
      .map(
        (component) =>
          `${name}: ${fullName(component)} has the licence ${licencesOf(component).join(", ") || "none"}`,
      ),
  ];
}

function fullName({ group, name, version }: Component): string {
  return `${group === undefined ? "" : `${group}/`}${name}@${version}`;
}

function licencesOf({ licenses = [] }: Component): readonly string[] {
  return licenses.map(({ license, expression }) => license?.id ?? license?.name ?? expression ?? "none");
}

// `(MIT OR WTFPL)` leaves the choice; of `MIT AND ISC` each has to be free.
function isFree(expression: string): boolean {
  const choices = expression.replaceAll(/[()]/gu, "").split(" OR ");
  return choices.some((choice) => choice.split(" AND ").every((one) => LICENCES.has(one.trim())));
}
