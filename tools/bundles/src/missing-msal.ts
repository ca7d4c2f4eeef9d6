import { mkdtempSync } from "node:fs";
import { join } from "node:path";
import type { Project } from "./project.ts";
import { tryBundle, type TryBundleOptions } from "./try-bundle.ts";

/** @throws Error unless a bundle without msal-node says by a typed error that it is missing */
export async function tellsOfMissingMsal(
  { entry, folder }: Project,
  format: "cjs" | "esm",
  around: Pick<TryBundleOptions, "emulator" | "certificates" | "caches">,
): Promise<void> {
  const { build } = await import("esbuild");
  const out = mkdtempSync(join(folder, "..", "bundle-"));
  const ending = format === "cjs" ? ".cjs" : ".mjs";
  await build({
    absWorkingDir: folder,
    entryPoints: { main: entry },
    outdir: out,
    outExtension: { ".js": ending },
    // In one file of the ES kind Node.js itself names what is missing, before a line of it is run.
    splitting: format === "esm",
    bundle: true,
    format,
    platform: "node",
    external: ["@azure/msal-node"],
    logLevel: "silent",
  });
  const said = await tryBundle({ ...around, folder: out, command: [process.execPath, `main${ending}`] }).then(
    () => "It signed in",
    (error: unknown) => String(error),
  );
  if (!/AuthenticationError.*code: .unsupported..*detail: .msal_node_missing./s.test(said))
    throw new Error(said);
}
