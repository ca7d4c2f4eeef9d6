import { readFileSync, readdirSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { putIn } from "../../../tools/build/put-in.mjs";

const root = new URL("../../../", import.meta.url);

/** The native modules for Windows, with nothing to import. */
const ADDONS = ["arm64", "ia32", "x64"].map((processor) => `@entrada/wam-win32-${processor}`);

/** Which of our packages each package may depend on. Nothing points up; a new flow edits nothing but its own line. */
const MAY_USE: Record<string, readonly string[]> = {
  "@entrada/core": [],
  "@entrada/emulator": [],
  "@entrada/codemod": [],
  "@entrada/wam": ADDONS,
  "@entrada/device-code": ["@entrada/core"],
  "@entrada/cache": ["@entrada/core"],
  "@entrada/mcp": ["@entrada/core"],
  "@entrada/cli": [
    "@entrada/auto",
    "@entrada/broker",
    "@entrada/cache",
    "@entrada/core",
    "@entrada/device-code",
  ],
  "@entrada/auto": ["@entrada/core", "@entrada/broker", "@entrada/device-code"],
  "@entrada/broker": ["@entrada/core", "@entrada/wam", ...ADDONS],
};

interface Manifest {
  readonly name: string;
  readonly private?: boolean;
  readonly scripts?: Record<string, string>;
  readonly dependencies?: Record<string, string>;
  readonly peerDependencies?: Record<string, string>;
  readonly optionalDependencies?: Record<string, string>;
}

const folders = [...readdirSync(new URL("packages", root)).map((name) => `packages/${name}`), "native"];
const published = folders
  .map((folder) => ({
    folder,
    manifest: JSON.parse(readFileSync(new URL(`${folder}/package.json`, root), "utf8")) as Manifest,
  }))
  .filter(({ manifest }) => !manifest.private);

function sourcesIn(folder: string): readonly string[] {
  return (
    readdirSync(new URL(`${folder}/src`, root), { recursive: true, encoding: "utf8" })
      .filter((name) => name.endsWith(".ts") && !name.endsWith(".test.ts"))
      .map((name) => readFileSync(new URL(`${folder}/src/${name}`, root), "utf8"))
      // Examples in docstrings may use anything.
      .map((text) => text.replace(/^\s*\*.*$/gm, ""))
  );
}

describe.each(published)("$manifest.name", ({ folder, manifest }) => {
  const runtime = {
    ...manifest.dependencies,
    ...manifest.peerDependencies,
    ...manifest.optionalDependencies,
    ...Object.fromEntries(putIn(manifest).map((name) => [name, "within"])),
  };
  const ours = (names: readonly string[]): readonly string[] =>
    names.filter((name) => name.startsWith("@entrada/"));

  test("depends only on packages below it", () => {
    expect(Object.keys(MAY_USE)).toContain(manifest.name);
    for (const name of ours(Object.keys(runtime))) expect(MAY_USE[manifest.name]).toContain(name);
  });

  test("imports only what it declares", () => {
    const imported = new Set(
      sourcesIn(folder)
        .flatMap((text) => [...text.matchAll(/(?:^(?:import|export)\s[^"]*?from |\bimport\()"([^"]+)"/gm)])
        .map((match) => match[1]!)
        .filter((name) => !/^(node:|[.#])/.test(name))
        .map((name) =>
          name
            .split("/")
            .slice(0, name.startsWith("@") ? 2 : 1)
            .join("/"),
        ),
    );
    imported.delete(manifest.name);
    for (const name of imported) expect(Object.keys(runtime)).toContain(name);
  });

  test("has no lifecycle script, and a sentence for each of its dependencies", () => {
    for (const name of ["preinstall", "install", "postinstall", "prepare"])
      expect(manifest.scripts ?? {}).not.toHaveProperty(name);
    const text = readFileSync(new URL("docs/dependencies.md", root), "utf8");
    for (const name of Object.keys(runtime)) expect(text).toContain(name);
  });
});
