import type { WarningListener } from "../cache-warning.ts";
import type { KeptKeys } from "../sealed/content-keys.ts";
import { SealedTokenCache } from "../sealed/sealed-token-cache.ts";
import { FilePlace } from "./file-place.ts";
import type { FolderPath } from "./folder-path.ts";
import { identityAt } from "../disk/open-regular-file.ts";
import type { HeadInUse } from "./records-in-use.ts";
import type { Sealing } from "./sealing.ts";
import type { SeenFolder } from "./seen-folder.ts";

export interface FolderHeadParts {
  /** First asked for at the first use. */
  readonly path: () => FolderPath;
  readonly keys: KeptKeys;
  readonly warn: WarningListener;
  readonly lockTimeoutInMs: number;
  readonly seenFolder: SeenFolder;
  /** Makes the head anew, where it alone is damaged or gone. */
  readonly make: () => Promise<Sealing>;
}

/**
 * What says with which key a folder's records are sealed, or that they are not. It is made last when a folder is made, so
 * that without it nothing counts but the file of an earlier version.
 */
export class FolderHead implements HeadInUse {
  readonly content: SealedTokenCache;
  readonly #parts: FolderHeadParts;

  constructor(parts: FolderHeadParts) {
    this.#parts = parts;
    const { keys, warn, lockTimeoutInMs, seenFolder } = parts;
    const place = new FilePlace({ path: () => parts.path().head, warn, seenFolder });
    this.content = new SealedTokenCache({ place, keys, warn, lockTimeoutInMs });
  }

  get keys(): KeptKeys {
    return this.#parts.keys;
  }

  /** `undefined` while there is no folder of records. */
  async present(): Promise<Sealing | undefined> {
    return (await this.read()) ?? ((await this.hasIndex()) ? this.#parts.make() : undefined);
  }

  async read(): Promise<Sealing | undefined> {
    const content = await this.content.read();
    const header = content && this.content.header;
    if (!header) return undefined;
    const key = await this.keys.toOpen(header);
    return { key, wasPlain: Buffer.from(content).includes('"wasPlain":true') };
  }

  async hasIndex(): Promise<boolean> {
    return (await identityAt(this.#parts.path().index)) !== undefined;
  }
}
