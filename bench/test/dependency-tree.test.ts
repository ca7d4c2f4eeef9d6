import { existsSync, readFileSync, realpathSync } from "node:fs";
import { dirname, join } from "node:path";
import { describe, expect, test } from "vitest";

interface Manifest {
  readonly name: string;
  readonly version: string;
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly optionalDependencies?: Readonly<Record<string, string>>;
}

const bench = realpathSync(new URL("..", import.meta.url));

/** Every package that an installation of this one brings, itself included, by name and version. */
function treeOf(name: string, from: string = bench, seen: Set<string> = new Set()): ReadonlySet<string> {
  const folder = folderOf(name, from);
  // What is not made for this system is not installed.
  if (folder === undefined) return seen;
  const manifest = JSON.parse(readFileSync(join(folder, "package.json"), "utf8")) as Manifest;
  const id = `${name}@${manifest.version}`;
  if (seen.has(id)) return seen;
  seen.add(id);
  for (const each of Object.keys({ ...manifest.dependencies, ...manifest.optionalDependencies })) {
    treeOf(each, folder, seen);
  }
  return seen;
}

function folderOf(name: string, from: string): string | undefined {
  for (let folder = from; dirname(folder) !== folder; folder = dirname(folder)) {
    const candidate = join(folder, "node_modules", name);
    if (existsSync(candidate)) return realpathSync(candidate);
  }
  return undefined;
}

describe("what an installation brings", () => {
  test("device-code: fewer than 20 packages", () => {
    const tree = treeOf("@entrada/device-code");
    expect([...tree]).toContain("@azure/msal-node@7.2.3");
    expect(tree.size).toBeLessThan(20);
  });

  test("core, broker and cache: six tenths of what @azure/identity alone brings, at most", () => {
    const tree = new Set(
      ["@entrada/core", "@entrada/broker", "@entrada/cache"].flatMap((name) => [...treeOf(name)]),
    );
    expect(tree.size).toBeGreaterThan(10);
    expect(tree.size).toBeLessThanOrEqual(treeOf("@azure/identity").size * 0.6);
  });
});
