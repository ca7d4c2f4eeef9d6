import { binaryPackage } from "@entrada/wam";

const PROCESSORS = ["x64", "arm64", "ia32"] as const;

/** The native modules for Windows that are installed here, in Linux: somebody has asked for them. Whole paths. */
export function addonsHere(): readonly string[] {
  const { createRequire } = process.getBuiltinModule("node:module");
  return PROCESSORS.flatMap((processor) => {
    try {
      return createRequire(import.meta.url).resolve(binaryPackage(processor));
    } catch {
      return []; // not installed, or this is a bundle
    }
  });
}

/**
 * Whether the Node.js of Windows can have a native module, as far as that is seen from here: npm keeps what is installed
 * globally beside its commands, in the person's profile or in another folder of PATH. Where PATH leads to no profile,
 * only Windows itself can tell.
 */
export function mayHaveAddon(
  node: string,
  path: readonly string[],
  surroundings: {
    readonly exists: (path: string) => boolean;
    readonly addonsHere: (() => readonly string[]) | undefined;
  },
): boolean {
  const profile = path.map((folder) => /^(.*\/Users\/[^/]+)\/AppData\//i.exec(folder)?.[1]).find(Boolean);
  if (profile === undefined) return true;
  const folders = [`${profile}/AppData/Roaming/npm`, node.slice(0, node.lastIndexOf("/")), ...path];
  if (folders.some((folder) => surroundings.exists(`${folder}/node_modules/@entrada`))) return true;
  return (surroundings.addonsHere ?? addonsHere)().length > 0;
}
