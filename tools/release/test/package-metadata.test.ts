import { existsSync, readFileSync } from "node:fs";
import { join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { putIn } from "../../build/put-in.mjs";
import { publishedPackages } from "../src/published-packages.ts";

const root = fileURLToPath(new URL("../../..", import.meta.url));
const repository = "https://github.com/entrada-auth/entrada";
const packages = publishedPackages(root);

test("the family is complete", () => {
  expect(packages.map(({ name }) => name)).toEqual([
    "@entrada/auto",
    "@entrada/broker",
    "@entrada/cache",
    "@entrada/cli",
    "@entrada/codemod",
    "@entrada/core",
    "@entrada/device-code",
    "@entrada/emulator",
    "@entrada/mcp",
    "@entrada/wam",
    "@entrada/wam-win32-arm64",
    "@entrada/wam-win32-ia32",
    "@entrada/wam-win32-x64",
  ]);
  expect(new Set(packages.map(({ version }) => version)).size).toBe(1);
});

describe.each(packages)("$name", ({ folder, processor }) => {
  const place = relative(root, folder).replaceAll("\\", "/");
  const manifest = manifestIn(folder);

  test("says whose it is, under which licence, and where to find and report things", () => {
    expect(manifest).toMatchObject({
      license: "MIT",
      repository: { type: "git", url: `git+${repository}.git`, directory: place },
      homepage: `${repository}/tree/main/${place}#readme`,
      bugs: `${repository}/issues`,
      publishConfig: { access: "public" },
    });
  });

  test("can be found by what it is about", () => {
    expect(manifest.description).toMatch(/^[A-Z].{30,140}[^.]$/);
    expect(manifest.keywords).toEqual(expect.arrayContaining(["azure", "entra", "authentication"]));
    expect(manifest.keywords).toEqual([...new Set(manifest.keywords)].toSorted());
  });

  test("runs nothing at install, and packs what it needs and no more", () => {
    const lifecycle = /^(pre|post)?(install|prepare|publish|pack)(Only)?$/;
    const needed = processor === undefined ? ["dist", "!dist/**/*.test.*", "!dist/**/*.d.ts*"] : ["wam.node"];
    expect(Object.keys(manifest.scripts ?? {}).filter((script) => lifecycle.test(script))).toEqual([]);
    expect(manifest.files).toEqual(expect.arrayContaining(needed));
    // It is on the site: in every installation it takes a block of the disk or two, and nobody reads it there.
    expect(manifest.files).not.toContain("CHANGELOG.md");
    expect(existsSync(join(folder, "binding.gyp"))).toBe(false);
  });

  test("carries the notices of the code of others that it ships", () => {
    const others = putIn(manifest).filter((name) => !name.startsWith("@entrada/"));
    const ships = processor !== undefined || others.length > 0;
    expect(manifest.files.includes("NOTICE.md")).toBe(ships);
    expect(existsSync(join(folder, "NOTICE.md"))).toBe(ships);
    const notice = ships ? readFileSync(join(folder, "NOTICE.md"), "utf8") : "";
    expect(others.filter((name) => !notice.includes(`\n## ${name}\n`))).toEqual([]);
  });
});

describe.each(packages.filter(({ processor }) => processor === undefined))("$name", ({ folder }) => {
  test("is of ES modules, without effects at import, for every supported Node.js", () => {
    const manifest = manifestIn(folder);
    expect(manifest).toMatchObject({ type: "module", sideEffects: false, engines: { node: ">=20.19" } });
    const { "./package.json": own, ...entries } = manifest.exports;
    expect(own).toBe("./package.json");
    for (const entry of Object.values(entries)) {
      // TypeScript finds the declarations beside them: Node.js reads this at each start.
      const { require: _, ...asModule } = typeof entry === "string" ? { default: entry } : entry;
      expect(asModule).toEqual({ default: expect.stringMatching(/\.mjs$/) });
    }
  });
});

describe("the native modules for Windows", () => {
  const addons = packages.flatMap(({ folder, processor }) =>
    processor === undefined ? [] : [{ folder, processor }],
  );
  const words = (folder: string, processor: string, file: string): string =>
    readFileSync(join(folder, file), "utf8").replaceAll(new RegExp(`\\b${processor}\\b`, "g"), "PROCESSOR");

  test.each(["package.json", "README.md", "NOTICE.md"])("differ in %s by their processor alone", (file) => {
    const texts = addons.map(({ folder, processor }) => words(folder, processor, file));
    expect(texts).toHaveLength(3);
    expect(new Set(texts).size).toBe(1);
  });

  test("are for a Windows, and what needs them brings that of its machine, of the very release", () => {
    const names = addons.map(({ processor }) => `@entrada/wam-win32-${processor}`);
    const exact = Object.fromEntries(names.map((name) => [name, "workspace:*"]));
    for (const { folder, processor } of addons)
      expect(manifestIn(folder)).toMatchObject({ publishConfig: { os: ["win32"], cpu: [processor] } });
    for (const { folder } of packages.filter(({ name }) => /broker$|wam$/.test(name)))
      expect(manifestIn(folder)).toMatchObject({ optionalDependencies: exact });
  });
});

// The page of @entrada/wam is for those who build on it: its sections are its own.
const pages = packages.filter(({ name }) => !name.startsWith("@entrada/wam"));
test.each(pages.map(({ name, folder }) => [name, folder] as const))(
  "%s has a page in the order that people expect",
  (name, folder) => {
    const page = readFileSync(join(folder, "README.md"), "utf8");
    const [title, sentence] = page.split("\n\n");
    const sections = [...page.replaceAll(/^```[\s\S]*?^```$/gm, "").matchAll(/^## (.+)$/gm)].map(
      ([, text]) => text,
    );
    expect(title).toBe(`# ${name}`);
    expect(sentence).toMatch(/^[A-Z].+\.$/);
    expect(sections.slice(0, 3)).toEqual(["Install", "Example", "Options"]);
    expect(sections.at(-1)).toBe("More");
    expect(page.slice(page.indexOf("## Options"))).toMatch(
      /^\| (option|argument) \| default \| meaning \|$/m,
    );
  },
);

interface Manifest {
  readonly description: string;
  readonly keywords: readonly string[];
  readonly exports: Readonly<
    Record<string, string | { readonly default: string; readonly require?: unknown }>
  >;
  readonly scripts?: Readonly<Record<string, string>>;
  readonly files: readonly string[];
}

function manifestIn(folder: string): Manifest {
  return JSON.parse(readFileSync(join(folder, "package.json"), "utf8")) as Manifest;
}
