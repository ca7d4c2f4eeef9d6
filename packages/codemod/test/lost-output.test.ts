import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { fileURLToPath } from "node:url";
import { describe, expect, onTestFinished, test } from "vitest";

const BIN = fileURLToPath(new URL("../src/bin.ts", import.meta.url));
const FULL = "Standard output cannot be written (ENOSPC). Let it lead to a place with room.\n";

/** The command with its outputs as a shell leads them. */
async function run(args: readonly string[], redirect: string): Promise<{ code: unknown; err: string }> {
  const words = [process.execPath, BIN, ...args].map((word) => `'${word}'`).join(" ");
  const child = spawn("sh", ["-c", `exec ${words} ${redirect}`], { stdio: ["ignore", "pipe", "pipe"] });
  const ended = once(child, "close");
  child.stdout.destroy();
  const err = await text(child.stderr);
  return { code: (await ended)[0], err };
}

describe.runIf(process.platform === "linux")("an output that takes nothing", () => {
  test.each([["--help"], ["--version"], ["--dry-run"]])("%s ends without a stack", async (option) => {
    const folder = mkdtempSync(join(tmpdir(), "entrada-codemod-"));
    onTestFinished(() => rmSync(folder, { recursive: true }));
    const source = `import { InteractiveBrowserCredential } from "@azure/identity";\n`;
    writeFileSync(
      join(folder, "app.ts"),
      `${source}export const it = new InteractiveBrowserCredential({});\n`,
    );
    const args = [option, ...(option === "--dry-run" ? [folder] : [])];
    const full = await run(args, ">/dev/full");
    expect([full.code, full.err.endsWith(FULL)]).toEqual([2, true]);
    // A reader that has gone has read what it wanted; of standard error there is nobody to tell.
    for (const redirect of ["", ">&-", "2>/dev/full"]) {
      const { code, err } = await run(args, redirect);
      expect(code).toBe(0);
      expect(err).not.toMatch(/EPIPE|^\s+at /m);
    }
  });
});
