// `npm run release:bill -- FOLDER`: writes the bill of materials of each published package, in the form of CycloneDX,
// and fails where a part has no licence, or one that asks for more than its own text.
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { putIn } from "../../build/put-in.mjs";
import { componentOf, materialProblems, type BillOfMaterials } from "./bill-of-materials.ts";
import { publishedPackages } from "./published-packages.ts";
import { run } from "./run.ts";

const root = process.cwd();
const folder = resolve(root, process.argv[2] ?? join(".cache", "bill-of-materials"));
mkdirSync(folder, { recursive: true });
const problems: string[] = [];
for (const { name, version, folder: source } of publishedPackages(root)) {
  const file = join(folder, `${name.replace("@", "").replace("/", "-")}-${version}.cdx.json`);
  const options = ["--sbom-format", "cyclonedx", "--prod", "--filter", name, "--out", file];
  await run("pnpm", ["sbom", ...options], { cwd: root });
  const installed = JSON.parse(readFileSync(file, "utf8")) as BillOfMaterials;
  // What the build has put in is shipped, though npm installs nothing for it.
  const manifest = readFileSync(join(source, "package.json"), "utf8");
  const within = putIn(JSON.parse(manifest)).map((part) => componentOf(join(source, "node_modules", part)));
  const bill = { ...installed, components: [...(installed.components ?? []), ...within] };
  writeFileSync(file, `${JSON.stringify(bill, null, 2)}\n`);
  problems.push(...materialProblems(bill, name, version));
  console.log(`${name}@${version}: ${bill.components.length} parts`);
}
for (const problem of problems) console.error(problem);
process.exitCode = problems.length === 0 ? 0 : 1;
