import { execFile } from "node:child_process";
import { existsSync, globSync, readFileSync } from "node:fs";
import { mkdir, rm, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { dirname, join, posix } from "node:path";
import { promisify } from "node:util";
import { expect, test } from "vitest";
import { anchorsOf, documents, modulesOf, ROOT, type CodeBlock } from "./documents.ts";

const pages = documents();
// Here the packages resolve as they do for a user who has installed all of them.
const WORKSHOP = join(ROOT, "examples/.cache/documentation");

test("every TypeScript block of the documentation compiles", { timeout: 120_000 }, async () => {
  const blocks = pages.flatMap(modulesOf);
  expect(blocks.length).toBeGreaterThan(10);
  await rm(WORKSHOP, { recursive: true, force: true });
  await mkdir(WORKSHOP, { recursive: true });
  await Promise.all(
    blocks.map((block, index) => writeFile(join(WORKSHOP, nameOf(block, index)), block.code)),
  );
  await writeFile(
    join(WORKSHOP, "tsconfig.json"),
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
      include: ["*.ts"],
    }),
  );

  expect(await compile()).toBe("");
});

test("every link of the documentation leads somewhere", () => {
  const broken = pages.flatMap((page) =>
    [...page.text.matchAll(/\]\(([^)\s]+)\)|<img[^>]+src="([^"]+)"/g)]
      .map(([, link, image]) => link ?? image ?? "")
      .filter((link) => !/^[a-z]+:/i.test(link) && !leadsSomewhere(page.path, link))
      .map((link) => `${page.path}: ${link}`),
  );

  expect(broken).toEqual([]);
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

function leadsSomewhere(from: string, link: string): boolean {
  const [path = "", anchor] = link.split("#");
  const target = path === "" ? from : posix.normalize(posix.join(posix.dirname(from), path));
  if (!existsSync(join(ROOT, target))) return false;
  const page = pages.find(({ path }) => path === target);
  return anchor === undefined || (page !== undefined && anchorsOf(page).has(anchor));
}

/** What the compiler has to say, with the names of the blocks. */
async function compile(): Promise<string> {
  const typescript = dirname(createRequire(join(ROOT, "package.json")).resolve("typescript/package.json"));
  const tsc = join(typescript, "bin/tsc");
  try {
    await promisify(execFile)(process.execPath, [tsc, "-p", WORKSHOP, "--pretty", "false"], {
      cwd: WORKSHOP,
    });
    return "";
  } catch (error) {
    return (error as { stdout?: string }).stdout || String(error);
  }
}

/** Such as `docs-errors-line-7-3.ts`. */
function nameOf({ path, line }: CodeBlock, index: number): string {
  return `${path.replace(/\.md$/, "").replaceAll(/[^A-Za-z0-9]+/g, "-")}-line-${line}-${index}.ts`;
}
