import type { WarningListener } from "../cache-warning.ts";
import type { CachePath } from "./cache-path.ts";
import type { NetworkFileSystem } from "./prepare-directory.ts";

/** What a `FilePlace` is made of; the path is first asked for at the first use. */
export interface FilePlaceParts {
  readonly path: () => CachePath;
  readonly warn: WarningListener;
  readonly networkFileSystem?: NetworkFileSystem;
  readonly now?: () => Date;
}
