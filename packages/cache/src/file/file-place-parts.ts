import type { WarningListener } from "../cache-warning.ts";
import type { CachePath } from "./cache-path.ts";
import type { NetworkFileSystem } from "./prepare-directory.ts";
import type { SeenFolder } from "./seen-folder.ts";

/** What a `FilePlace` is made of; the path is first asked for at the first use. */
export interface FilePlaceParts {
  readonly path: () => CachePath;
  readonly warn: WarningListener;
  /** Of the folder; absent: nobody else works in it. */
  readonly seenFolder?: SeenFolder;
  readonly networkFileSystem?: NetworkFileSystem;
  readonly now?: () => Date;
}
