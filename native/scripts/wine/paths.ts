import { join } from "node:path";
import { fileURLToPath } from "node:url";

/** The folder of the package. */
export const root: string = fileURLToPath(new URL("../..", import.meta.url));

/** What the build scripts and the tests under Wine leave behind; ignored by git. */
export const cache: string = join(root, ".cache");

/** A path of this machine as a program in Wine sees it. */
export function winePath(path: string): string {
  return `Z:${path.replaceAll("/", "\\")}`;
}
