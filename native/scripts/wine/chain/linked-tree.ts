import { existsSync, mkdirSync, readFileSync, realpathSync, rmSync, symlinkSync } from "node:fs";
import { dirname, join } from "node:path";
import { cache, root } from "../paths.ts";

/** The folder of the whole. */
export const repository: string = dirname(root.replace(/\/$/, ""));

/** What the programs of the chain import by name, and whose dependencies they need with it. */
const imported = [
  "@azure/storage-blob",
  "@azure/identity",
  "@azure/msal-node",
  "@entrada/broker",
  "@entrada/wam",
];

/**
 * The repository once more, as a program in Wine can use it. There a symbolic link looks like a folder, so that Node.js
 * does not find what lies beside its target, where pnpm puts the dependencies of a package. Here they all lie in one
 * folder above.
 */
export function linkTree(): string {
  const tree = join(cache, "chain");
  rmSync(tree, { recursive: true, force: true });
  mkdirSync(tree, { recursive: true });
  for (const folder of ["examples", "native", "packages"]) {
    symlinkSync(join(repository, folder), join(tree, folder));
  }
  for (const [name, folder] of packagesBelow(join(repository, "examples"), imported)) {
    const link = join(tree, "node_modules", name);
    mkdirSync(dirname(link), { recursive: true });
    symlinkSync(folder, link);
  }
  return tree;
}

function packagesBelow(from: string, names: readonly string[]): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  const wanted = names.map((name) => ({ name, from }));
  for (const { name, from } of wanted) {
    const folder = folderOf(name, from);
    const known = found.get(name);
    if (known === folder) continue;
    if (known !== undefined) throw new Error(`There are two of ${name}: ${known} and ${folder}`);
    found.set(name, folder);
    const { dependencies = {}, optionalDependencies = {} } = JSON.parse(
      readFileSync(join(folder, "package.json"), "utf8"),
    ) as Readonly<Record<string, Readonly<Record<string, string>>>>;
    // Of the binaries, that of the Node.js that is run.
    const optional = Object.keys(optionalDependencies).filter((name) => name.endsWith("-win32-x64"));
    wanted.push(...[...Object.keys(dependencies), ...optional].map((name) => ({ name, from: folder })));
  }
  return found;
}

// As Node.js looks for it.
function folderOf(name: string, from: string): string {
  const folder = join(from, "node_modules", name);
  if (existsSync(folder)) return realpathSync(folder);
  const above = dirname(from);
  if (above === from) throw new Error(`${name} is not installed`);
  return folderOf(name, above);
}
