import type { WamAddon } from "./wam-addon.ts";

/** The processors that there is a binary for, in Node's words. */
export type WamArchitecture = "x64" | "arm64" | "ia32";

/** The package that brings the binary of a processor. */
export function binaryPackage(architecture: string): string {
  return `@entrada/wam-win32-${architecture}`;
}

/**
 * Loads a file beside the code, which a bundle was given along; else that of the package.
 * @throws Error of the code MODULE_NOT_FOUND where there is none; else what Node.js says of it
 */
export function loadBinary(architecture: WamArchitecture): WamAddon {
  // Asked for here: as imports, Node's modules for files and modules would be part of every start.
  const { createRequire } = process.getBuiltinModule("node:module");
  const { dirname, isAbsolute, join } = process.getBuiltinModule("node:path");
  // Many a bundle knows where its source was, or nothing: it is the program that is run.
  const files = [ownFile(), process.argv[1] ?? ""].filter((file) => isAbsolute(file));
  const places = files.flatMap((file) => [
    [file, join(dirname(file), "wam.node")] as const,
    [file, binaryPackage(architecture)] as const,
  ]);
  let missing: unknown;
  for (const [from, binary] of places) {
    try {
      return createRequire(from)(binary) as WamAddon;
    } catch (error) {
      if (!isMissing(error)) throw error;
      missing = error;
    }
  }
  throw missing;
}

/** Whether what the loader of Node.js threw says that there is no such file or package. */
export function isMissing(error: unknown): boolean {
  return (error as NodeJS.ErrnoException | undefined)?.code === "MODULE_NOT_FOUND";
}

function ownFile(): string {
  const { fileURLToPath } = process.getBuiltinModule("node:url");
  try {
    return fileURLToPath(import.meta.url);
  } catch {
    return ""; // not told by the bundler, or of the machine on which it was bundled
  }
}
