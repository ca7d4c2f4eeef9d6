import { execFileSync } from "node:child_process";
import { copyFileSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";

test("a bundle that took no page along about wrong names still refuses them, and tells where it stands", () => {
  const folder = mkdtempSync(join(tmpdir(), "entrada-alone-"));
  try {
    writeFileSync(join(folder, "package.json"), '{"type":"module"}');
    copyFileSync(new URL("../dist/credential.mjs", import.meta.url), join(folder, "bundle.js"));
    writeFileSync(
      join(folder, "program.js"),
      `import { resolveSettings } from "./bundle.js";
      try { resolveSettings({ timeout: 1 }, {}, {}); } catch (error) { console.log(error.message); }`,
    );
    const { NODE_PATH: _, ...env } = process.env;
    const told = execFileSync(process.execPath, ["program.js"], { cwd: folder, encoding: "utf8", env });
    expect(told).toMatch(/^The option "timeout" is not known here\. See https:.*\/docs\/migration\.md\.\n$/);
  } finally {
    rmSync(folder, { recursive: true });
  }
});
