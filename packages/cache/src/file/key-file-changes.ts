import { unlink } from "node:fs/promises";
import { systemCode } from "../cache-error.ts";
import { unwritable } from "../unwritable.ts";
import type { KeyFile } from "../keys/wrapped-key-store.ts";
import type { FolderPath } from "./folder-path.ts";
import { identityAt } from "../disk/open-regular-file.ts";
import { prepareDirectory } from "./prepare-directory.ts";
import { replaceFile } from "./replace-file.ts";

/** What changes the file of a key: see `keyFile`. */
export function keyFileChanges({
  directory,
  asideDirectory,
  key: path,
}: FolderPath): Pick<KeyFile, "write" | "remove"> {
  return {
    write: async (content) => {
      for (const folder of [directory, asideDirectory]) await prepareDirectory(folder);
      await replaceFile(path, [content], await identityAt(path), asideDirectory);
    },
    remove: async () => {
      try {
        await unlink(path);
      } catch (error) {
        if (systemCode(error) !== "ENOENT") throw unwritable(error);
      }
    },
  };
}
