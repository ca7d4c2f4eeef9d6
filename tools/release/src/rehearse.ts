// `npm run release:rehearse`: everything that a release does, up to a registry on this machine, and everything that a
// user does with what comes out. Ends with `N passed, N failed, N skipped`, and leaves these counts as JSON in
// .cache/release-rehearse.json for the check that runs it.
//   --out FOLDER         where the tarballs that passed go, to be published as they are
//   --binaries FOLDER    the native modules for Windows; default: native/prebuilds of this tree
//   --require-binaries   all of them, or it fails: what the release workflow asks for
//   --update             writes down the packed files and sizes as they are now, for review
//   --keep               leaves the temporary folder for a look
import { cpSync, mkdtempSync, realpathSync } from "node:fs";
import { rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { closingLine } from "../../check/src/counts.ts";
import { forgetCounts, leaveCounts } from "../../check/src/counts-file.ts";
import { Checks, Unneeded } from "./checks.ts";
import { checkConsumers } from "./consumers/check-consumers.ts";
import { checkTarballs } from "./check-tarballs.ts";
import { findNodes } from "./nodes.ts";
import { packedPackages } from "./packed-package.ts";
import { readPackedFolder, sealPackedFolder } from "./packed-folder.ts";
import { publishedPackages } from "./published-packages.ts";
import { startRegistry } from "./registry.ts";
import { ReleaseCopy } from "./release-copy.ts";
import { run } from "./run.ts";

const root = fileURLToPath(new URL("../../..", import.meta.url));
const { values: options } = parseArgs({
  options: {
    out: { type: "string" },
    binaries: { type: "string", default: join(root, "native", "prebuilds") },
    "require-binaries": { type: "boolean", default: false },
    update: { type: "boolean", default: false },
    keep: { type: "boolean", default: false },
  },
});
// Counts of a run that did not end are of no use: there are none until it has.
const SCRIPT = "release:rehearse";
forgetCounts(SCRIPT);
const folder = realpathSync(mkdtempSync(join(tmpdir(), "entrada-release-")));
const checks = new Checks();
const started = performance.now();
try {
  await rehearse();
} catch (error) {
  if (!(error instanceof Unneeded)) throw error;
  console.log(error.message);
} finally {
  if (options.keep) console.log(`Left in place: ${folder}`);
  else await rm(folder, { recursive: true, force: true });
}
leaveCounts(SCRIPT, checks.counts);
const seconds = ((performance.now() - started) / 1000).toFixed(0);
console.log(`\nRehearsed in ${seconds} s.\n${closingLine(checks.counts)}`);
process.exitCode = checks.counts.failed === 0 ? 0 : 1;

async function rehearse(): Promise<void> {
  const changed = await run("git", ["status", "--porcelain"], { cwd: root });
  if (changed !== "") console.log("This rehearses the last commit; what is not committed is left out.\n");

  const copy = await checks.need("clone and install", () => ReleaseCopy.create(root, folder));
  if (copy.hasChangesets) {
    await checks.check("the release workflow would ask to version", () => expectMode(copy, "version"));
    await checks.need("version", () => copy.version());
  } else {
    console.log("       No changeset waits: the versions are packed as they are.");
  }
  copy.addBinaries(resolve(options.binaries));
  await checks.need("build", () => copy.build());

  await using registry = await startRegistry(join(folder, "registry"), "@entrada");
  copy.useRegistry(registry.npmrc);
  await checks.check("the release workflow would publish", () => expectMode(copy, "publish"));
  const packed = join(folder, "packed");
  await checks.need("pack", () => copy.pack(packed));
  const packages = await checks.need("every public package is packed, and nothing else", () =>
    packedPackages(publishedPackages(copy.folder), readPackedFolder(packed)),
  );
  await checkTarballs(checks, packages, {
    needBinaries: options["require-binaries"],
    update: options.update,
  });

  sealPackedFolder(packed);
  await checks.need("publish to the local registry, and push the tags", () => copy.publish(packed));
  await checks.check("the release workflow would have nothing left to do", () => expectMode(copy, "none"));
  await checkConsumers(checks, {
    folder: join(folder, "consumers"),
    npmrc: registry.npmrc,
    nodes: await findNodes(),
    packages,
  });

  console.log("\nPacked:");
  for (const { name, version, tarball } of packages) {
    console.log(`  ${name}@${version}  ${tarball.bytes.length} bytes\n    ${tarball.integrity}`);
  }
  if (options.out !== undefined && checks.counts.failed === 0)
    cpSync(packed, resolve(options.out), { recursive: true });
}

async function expectMode(copy: ReleaseCopy, expected: string): Promise<void> {
  const mode = await copy.mode();
  if (mode !== expected) throw new Error(`The mode is ${mode}, not ${expected}`);
}
