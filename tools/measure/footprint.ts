import { lstatSync, readdirSync } from "node:fs";
import { join } from "node:path";

/** What an installed folder holds. */
export interface Footprint {
  readonly packages: number;
  readonly files: number;
  /** The content of all files. */
  readonly bytes: number;
  /** What they take on the disk, in its blocks. */
  readonly bytesOnDisk: number;
  /** What the folders take besides: `du -s` counts both. */
  readonly bytesOfFolders: number;
}

const BLOCK = 512;

/**
 * Counts what stands in a `node_modules` folder, nested ones included, the package manager's own notes left out.
 * @param except files and folders that are not counted, by their paths or by what these end with
 */
export function footprint(nodeModules: string, except: readonly string[] = []): Footprint {
  const sum = { packages: 0, files: 0, bytes: 0, bytesOnDisk: 0, bytesOfFolders: 0 };
  const visit = (folder: string, depthInModules: number): void => {
    for (const entry of readdirSync(folder, { withFileTypes: true })) {
      const path = join(folder, entry.name);
      if (except.some((each) => path.endsWith(each)) || (depthInModules === 0 && entry.name.startsWith(".")))
        continue;
      const { size, blocks } = lstatSync(path);
      if (entry.isDirectory()) sum.bytesOfFolders += blocks * BLOCK;
      if (!entry.isDirectory()) {
        sum.files += 1;
        sum.bytes += size;
        sum.bytesOnDisk += blocks * BLOCK;
      } else if (entry.name === "node_modules") {
        visit(path, 0);
      } else {
        const isPackage = depthInModules === 0 ? !entry.name.startsWith("@") : false;
        if (isPackage) sum.packages += 1;
        // A scope's folders are packages, too; below a package nothing is, up to the next node_modules.
        visit(path, depthInModules === 0 && !isPackage ? 0 : 1);
      }
    }
  };
  visit(nodeModules, 0);
  return sum;
}
