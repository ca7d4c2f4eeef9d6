import type { WamAddon } from "./wam-addon.ts";

/** The processors that there is a binary for, in Node's words. */
export const WAM_ARCHITECTURES = ["x64", "arm64", "ia32"] as const;

/** One of {@link WAM_ARCHITECTURES}. */
export type WamArchitecture = (typeof WAM_ARCHITECTURES)[number];

/** The package that brings the binary of a processor. */
export function binaryPackage(architecture: string): string {
  return `@entrada/wam-win32-${architecture}`;
}

/**
 * Loads a file beside the code, which a bundle was given along; else that of the package.
 * @throws Error that {@link isMissing} where there is none; else what Node.js says of it
 */
export function loadBinary(architecture: WamArchitecture): WamAddon {
  // Asked for here: as an import, Node's module for modules would be part of every start.
  const { createRequire } = process.getBuiltinModule("node:module");
  let missing: unknown;
  // Many a bundle knows where its source was, or nothing: it is the program that is run.
  for (const place of [import.meta.url, process.argv[1] ?? ""]) {
    for (const binary of [[".", "wam.node"].join("/"), binaryPackage(architecture)]) {
      try {
        return createRequire(place)(binary) as WamAddon;
      } catch (error) {
        if (!isMissing(error)) throw error;
        missing = error;
      }
    }
  }
  throw missing;
}

/** Whether what Node.js threw says that there is no such file or package, or no such place. */
export function isMissing(error: unknown): boolean {
  return /^MODULE_NOT_FOUND|^ERR_INVALID/.test(String((error as NodeJS.ErrnoException | undefined)?.code));
}
