import { binaryPackage, WAM_ARCHITECTURES } from "@entrada/wam";

/** The native modules for Windows that are installed here, in Linux: somebody has asked for them. Whole paths. */
export function addonsHere(): readonly string[] {
  return WAM_ARCHITECTURES.flatMap((processor) => {
    try {
      return process
        .getBuiltinModule("node:module")
        .createRequire(import.meta.url)
        .resolve(binaryPackage(processor));
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
  exists: (path: string) => boolean,
  here: () => readonly string[],
): boolean {
  const profile = path.map((folder) => /^(.*\/Users\/[^/]+)\/AppData\//i.exec(folder)?.[1]).find(Boolean);
  const folders = [`${profile}/AppData/Roaming/npm`, node.replace(/\/[^/]*$/, ""), ...path];
  return !profile || folders.some((each) => exists(`${each}/node_modules/@entrada`)) || here().length > 0;
}
