import type { KeyFile } from "../keys/wrapped-key-store.ts";
import type { FolderPath } from "./folder-path.ts";
import { openRegularFile, unreadable } from "../disk/open-regular-file.ts";

const LONGEST = 64 * 1024;

/** A key's file in the folder of the accounts that it opens. */
export function keyFile(path: FolderPath): KeyFile {
  const changes = async (): Promise<Pick<KeyFile, "write" | "remove">> => {
    const { keyFileChanges } = await import("./changes.ts");
    return keyFileChanges(path);
  };
  return {
    read: async () => {
      const opened = await openRegularFile(path.key);
      if (!opened) return undefined;
      try {
        return await opened.file.read(0, Math.min(Number(opened.status.size), LONGEST));
      } catch (error) {
        throw unreadable(path.key, error);
      } finally {
        await opened.file.close();
      }
    },
    write: async (content) => (await changes()).write(content),
    remove: async () => (await changes()).remove(),
  };
}
