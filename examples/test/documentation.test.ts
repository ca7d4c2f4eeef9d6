import { execFile } from "node:child_process";
import { existsSync, globSync, readFileSync } from "node:fs";
import { writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { dirname, join, posix } from "node:path";
import { promisify } from "node:util";
import { expect, test } from "vitest";
import { anchorsOf, blocksOf, documents, ROOT } from "./documents.ts";
import { layOut } from "./workshop.ts";

const pages = documents();

test("every TypeScript block of the documentation compiles", { timeout: 120_000 }, async () => {
  const blocks = pages.flatMap(blocksOf).filter(({ language }) => language === "ts");
  expect(blocks.length).toBeGreaterThan(10);
  const { folder } = await layOut("documentation", blocks);
  await writeFile(
    join(folder, "tsconfig.json"),
    JSON.stringify({
      extends: "../../../tsconfig.base.json",
      compilerOptions: {
        composite: false,
        declaration: false,
        declarationMap: false,
        isolatedDeclarations: false,
        noEmit: true,
        // Each block is a module, with or without an import.
        moduleDetection: "force",
      },
      include: ["*/*.ts"],
    }),
  );

  expect(await compile(folder)).toBe("");
});

test("every link of the documentation leads somewhere", () => {
  const broken = pages.flatMap(({ path }) =>
    linksOf(path)
      .filter((link) => !leadsSomewhere(path, link))
      .map((link) => `${path}: ${link}`),
  );

  expect(broken).toEqual([]);
});

// A package is installed without the repository around it.
test.each(
  pages.filter(({ path }) => /^(packages\/[^/]+|native)\/README\.md$/.test(path)).map(({ path }) => path),
)("no link of %s leads out of its package, but by its whole address", (readme) => {
  const files = posix.dirname(readme);
  expect(linksOf(readme).filter((link) => !isInside(posix.join(files, link), files))).toEqual([]);
});

const published = globSync(["packages/*/package.json", "native/package.json"], { cwd: ROOT })
  .map((path) => JSON.parse(readFileSync(join(ROOT, path), "utf8")) as Manifest)
  .filter((manifest) => manifest.private !== true);

test.each(published)("docs/dependencies.md gives a reason for each dependency of $name", (manifest) => {
  const page = pages.find(({ path }) => path === "docs/dependencies.md")?.text ?? "";
  const section = page.split(`\n## \`${manifest.name}\`\n`)[1]?.split("\n## ")[0];
  const { dependencies, optionalDependencies, peerDependencies } = manifest;
  const needed = Object.keys({ ...dependencies, ...optionalDependencies, ...peerDependencies });

  expect(section).toBeDefined();
  expect(needed.filter((name) => !section?.includes(`\`${name}\``))).toEqual([]);
});

interface Manifest {
  readonly name: string;
  readonly private?: boolean;
  readonly dependencies?: object;
  readonly optionalDependencies?: object;
  readonly peerDependencies?: object;
}

/** The links and pictures of a page that are no whole addresses. */
function linksOf(page: string): readonly string[] {
  const text = pages.find(({ path }) => path === page)?.text ?? "";
  return [...text.matchAll(/\]\(([^)\s]+)\)|^\[[^\]]+\]: (\S+)|<(?:img|a)[^>]+(?:src|href)="([^"]+)"/gm)]
    .map(([, link, reference, element]) => link ?? reference ?? element ?? "")
    .filter((link) => !/^[a-z]+:/i.test(link));
}

function isInside(path: string, folder: string): boolean {
  return path === folder || path.startsWith(`${folder}/`) || path.startsWith(`${folder}#`);
}

function leadsSomewhere(from: string, link: string): boolean {
  const [path = "", anchor] = link.split("#");
  const target = path === "" ? from : posix.normalize(posix.join(posix.dirname(from), path));
  if (!existsSync(join(ROOT, target))) return false;
  const page = pages.find(({ path }) => path === target);
  return anchor === undefined || (page !== undefined && anchorsOf(page).has(anchor));
}

/** What the compiler has to say, with the names of the blocks. */
async function compile(folder: string): Promise<string> {
  const typescript = dirname(createRequire(join(ROOT, "package.json")).resolve("typescript/package.json"));
  const tsc = join(typescript, "bin/tsc");
  try {
    await promisify(execFile)(process.execPath, [tsc, "-p", folder, "--pretty", "false"], {
      cwd: folder,
    });
    return "";
  } catch (error) {
    return (error as { stdout?: string }).stdout || String(error);
  }
}
