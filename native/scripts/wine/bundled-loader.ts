import { copyFileSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { rolldown } from "rolldown";
import { root } from "./paths.ts";

/** By what a bundle knows where it lies: its own kind of modules, or the program that was started. */
export type KnownPlace = "import" | "require" | "program";

/**
 * A program that says what came of the loading, as an application ships it: one file in a folder of its own, with the
 * binary for x64 beside it.
 */
export async function bundledLoader(
  known: KnownPlace,
): Promise<Disposable & { readonly program: string; readonly binary: string }> {
  const folder = mkdtempSync(join(tmpdir(), "bundled-wam-"));
  const isModule = known === "import";
  const program = join(folder, isModule ? "app.mjs" : "app.cjs");
  // As esbuild writes it where it makes a program of the CommonJS kind.
  const define = known === "program" ? { "import.meta.url": "undefined" } : {};
  const bundle = await rolldown({
    input: join(root, "test", "wine", "process", "load-own.ts"),
    platform: "node",
    transform: { define },
  });
  await bundle.write({ file: program, format: isModule ? "esm" : "cjs" });
  await bundle.close();
  const binary = join(folder, "wam.node");
  copyFileSync(join(root, "prebuilds", "win32-x64", "wam.node"), binary);
  return { program, binary, [Symbol.dispose]: () => rmSync(folder, { recursive: true }) };
}
