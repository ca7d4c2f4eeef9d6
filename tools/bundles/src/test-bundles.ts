// `npm run test:bundles`: ships a program that signs in by every packer, and runs each bundle in a folder that has nothing
// else; and compiles and runs a program of the CommonJS kind in every way in which such programs are. Ends with `N passed, N failed, N skipped`, and leaves these counts in .cache/test-bundles.json.
import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { startEmulator } from "@entrada/emulator";
import { Checks } from "../../release/src/checks.ts";
import { installCommonJs, WAYS } from "./required-ways.ts";
import { PACKERS } from "./packers.ts";
import { installProject, packAll } from "./project.ts";
import { tryBundle } from "./try-bundle.ts";

const report = fileURLToPath(new URL("../../../.cache/test-bundles.json", import.meta.url));
rmSync(report, { force: true });
const checks = new Checks();
const folder = realpathSync(mkdtempSync(join(tmpdir(), "entrada-bundles-")));
const [only] = process.argv.slice(2);
try {
  await checks.need("pack", () => packAll(folder, ["core", "device-code", "emulator"]));
  const project = await checks.need("install", () => installProject(folder));
  await using emulator = await startEmulator({ deviceCodeIntervalInS: 1 });
  const certificates = join(folder, "authority.pem");
  writeFileSync(certificates, emulator.certificateAuthority);
  for (const [index, { name, pack }] of PACKERS.entries()) {
    if (only !== undefined && !name.includes(only)) continue;
    await checks.check(name, async () => {
      const out = join(folder, `bundle-${index}`);
      mkdirSync(out);
      await tryBundle({ folder: out, command: await pack(project, out), emulator, certificates });
    });
  }
  const commonJs = await checks.need("install into a program of the CommonJS kind", () =>
    installCommonJs(folder),
  );
  for (const { name, go } of WAYS) {
    if (only === undefined || name.includes(only)) await checks.check(name, () => go(commonJs));
  }
} finally {
  rmSync(folder, { recursive: true, force: true });
}
mkdirSync(dirname(report), { recursive: true });
writeFileSync(report, `${JSON.stringify(checks.counts)}\n`);
const { passed, failed, skipped } = checks.counts;
console.log(`\n${passed} passed, ${failed} failed, ${skipped} skipped`);
process.exitCode = failed === 0 ? 0 : 1;
