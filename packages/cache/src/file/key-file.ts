import { unlink } from "node:fs/promises";

import { systemCode, unwritable } from "../cache-error.ts";
import type { KeyFile } from "../keys/wrapped-key-store.ts";
import type { FolderPath } from "./folder-path.ts";
import { identityAt, openRegularFile } from "./open-regular-file.ts";
import { prepareDirectory } from "./prepare-directory.ts";
import { replaceFile } from "./replace-file.ts";

const LONGEST = 64 * 1024;

/** A key's file in the folder of the accounts that it opens. */
export function keyFile({ directory, asideDirectory, key: path }: FolderPath): KeyFile {
  return {
    read: async () => {
      const opened = await openRegularFile(path);
      if (!opened) return undefined;
      try {
        return await opened.file.read(0, Math.min(Number(opened.status.size), LONGEST));
      } finally {
        await opened.file.close();
      }
    },
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
