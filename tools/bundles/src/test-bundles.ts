// `npm run test:bundles`: ships a program that signs in by every packer, and runs each bundle in a folder that has nothing
// else; and compiles and runs a program of the CommonJS kind in every way in which such programs are. Ends with `N passed, N failed, N skipped`, and leaves these counts in .cache/test-bundles.json.
import { mkdtempSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { startEmulator } from "@entrada/emulator";
import { closingLine } from "../../check/src/counts.ts";
import { forgetCounts, leaveCounts } from "../../check/src/counts-file.ts";
import { Checks } from "../../release/src/checks.ts";
import { fetchRuntimes } from "../../runtimes/src/runtimes.ts";
import { installCommonJs, WAYS } from "./required-ways.ts";
import type { Packer } from "./packer.ts";
import { PACKERS } from "./packers.ts";
import { bothKinds } from "./both-kinds.ts";
import { tellsOfMissingMsal } from "./missing-msal.ts";
import { installProjects, packAll, type Project } from "./project.ts";
import { tryBundle, type TryBundleOptions } from "./try-bundle.ts";
import { installYarnPnp, YARN_NODE } from "./yarn-pnp.ts";

const SCRIPT = "test:bundles";
forgetCounts(SCRIPT);
const checks = new Checks();
const folder = realpathSync(mkdtempSync(join(tmpdir(), "entrada-bundles-")));
const [only] = process.argv.slice(2);
const YARN = "Yarn without node_modules";
const WITHOUT_MSAL = "msal-node left out is named";
try {
  await checks.need("pack", () => packAll(folder, ["core", "device-code", "cache", "emulator"]));
  const projects = await checks.need("install", () => installProjects(folder));
  if (PACKERS.every(({ absent }) => absent === undefined)) await checks.need("fetch Node.js", fetchRuntimes);
  await using emulator = await startEmulator({ deviceCodeIntervalInS: 1 });
  const certificates = join(folder, "authority.pem");
  writeFileSync(certificates, emulator.certificateAuthority);
  for (const [index, packer] of PACKERS.entries()) {
    const { name, absent, slow } = packer;
    if (only !== undefined && !name.includes(only)) continue;
    if (absent !== undefined) {
      console.log(`       Not tried here, since ${absent}: ${name}`);
      continue;
    }
    const around = { emulator, certificates, caches: join(folder, `caches-${index}`) };
    if (slow === undefined) {
      await checks.check(name, () => ship(packer, projects.plain, around, [1]));
      await checks.check(`${name}, with the cache and nothing set`, () =>
        ship(packer, projects.unset, { ...around, caches: `${around.caches}-unset` }, [1]),
      );
    }
    await checks.check(`${name}, with the cache, twice`, () => ship(packer, projects.cached, around, [1, 0]));
  }
  if (only === undefined || WITHOUT_MSAL.includes(only)) {
    for (const format of ["cjs", "esm"] as const) {
      await checks.check(`${WITHOUT_MSAL}, ${format}`, () =>
        tellsOfMissingMsal(projects.plain, format, { emulator, certificates, caches: join(folder, "none") }),
      );
    }
  }
  if (only === undefined || YARN.includes(only)) {
    const yarn = await checks.need("install with Yarn, without node_modules", () => installYarnPnp(folder));
    const around = { emulator, certificates, caches: join(folder, "caches-yarn") };
    await checks.check(`${YARN}, with the cache, twice`, () =>
      runs({ ...around, folder: yarn, command: [...YARN_NODE, "sign-in-once.mjs"] }, [1, 0]),
    );
    await checks.check(`${YARN}, both kinds in one process`, () => bothKinds(yarn, YARN_NODE));
  }
  const ways = WAYS.filter(({ name }) => only === undefined || name.includes(only));
  if (ways.length > 0) {
    const commonJs = await checks.need("install into a program of the CommonJS kind", () =>
      installCommonJs(folder),
    );
    for (const { name, go } of ways) await checks.check(name, () => go(commonJs));
  }
} finally {
  rmSync(folder, { recursive: true, force: true });
}
leaveCounts(SCRIPT, checks.counts);
console.log(`\n${closingLine(checks.counts)}`);
process.exitCode = checks.counts.failed === 0 ? 0 : 1;

/** Runs what a packer makes, alone in a folder. @param asking how often each run asks somebody to sign in */
async function ship(
  { pack }: Packer,
  project: Project,
  around: Pick<TryBundleOptions, "emulator" | "certificates" | "caches">,
  asking: readonly number[],
): Promise<void> {
  const out = mkdtempSync(join(folder, "bundle-"));
  const command = await pack(project, out);
  await runs({ ...around, folder: out, command }, asking);
  rmSync(out, { recursive: true });
}

/** @param asking how often each run in turn asks somebody to sign in */
async function runs(options: TryBundleOptions, asking: readonly number[]): Promise<void> {
  for (const expected of asking) {
    const asked = await tryBundle(options);
    if (asked !== expected) throw new Error(`It asked ${asked} times, and not ${expected}`);
  }
}
