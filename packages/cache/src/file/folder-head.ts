import type { WarningListener } from "../cache-warning.ts";
import type { ContentKeys } from "../sealed/content-keys.ts";
import type { DataKey } from "../sealed/data-key.ts";
import { SealedTokenCache } from "../sealed/sealed-token-cache.ts";
import { FilePlace } from "./file-place.ts";
import type { FolderPath } from "./folder-path.ts";
import { identityAt } from "../disk/open-regular-file.ts";
import type { Sealing } from "./sealing.ts";
import type { SeenFolder } from "./seen-folder.ts";

export interface FolderHeadParts {
  /** First asked for at the first use. */
  readonly path: () => FolderPath;
  readonly keys: ContentKeys;
  readonly warn: WarningListener;
  readonly lockTimeoutInMs: number;
  readonly seenFolder: SeenFolder;
  /** Makes records of what an earlier version has kept. */
  readonly takeOver: (key: DataKey | undefined) => Promise<void>;
}

/**
 * What says with which key a folder's records are sealed, or that they are not. It is made last when a folder is made, so
 * that without it nothing counts but the file of an earlier version.
 */
export class FolderHead {
  readonly #parts: FolderHeadParts;
  readonly #head: SealedTokenCache;

  constructor(parts: FolderHeadParts) {
    this.#parts = parts;
    const { keys, warn, lockTimeoutInMs, seenFolder } = parts;
    const place = new FilePlace({ path: () => parts.path().head, warn, seenFolder });
    this.#head = new SealedTokenCache({ place, keys, warn, lockTimeoutInMs });
  }

  /** `undefined` while there is no folder of records. Where only the head is damaged or gone, it is made anew. */
  async present(): Promise<Sealing | undefined> {
    return (await this.#read()) ?? ((await this.#hasIndex()) ? this.made(false) : undefined);
  }

  /**
   * Makes the folder if need be, with all that an earlier version has kept; seals what was not as soon as it can be.
   * @param hasSaved - whether this process has saved without a key: then it does not look for one again
   */
  async made(hasSaved: boolean): Promise<Sealing> {
    // Before anything is made this says, too, whether there can be a key if there must be one.
    const present = await this.#read();
    if (present && (present.key || hasSaved)) return present;
    const { keys, takeOver } = this.#parts;
    await this.#head.withLock(async () => {
      const sealing = await this.#read();
      if (sealing?.key) return;
      const key = await keys.toSeal(undefined);
      if (sealing && !key) return;
      const wasPlain = sealing !== undefined || (await this.#hasIndex());
      if (!sealing) await takeOver(key);
      await this.#head.write(Buffer.from(JSON.stringify({ version: 1, wasPlain })));
    });
    // Somebody may have removed it all in between.
    return (await this.#read()) ?? this.made(hasSaved);
  }

  /** Removes it after what it speaks of: `work` is alone with the folder. */
  async clear(work: () => Promise<void>): Promise<void> {
    await this.#head.withLock(async () => {
      await work();
      await this.#head.clear();
    });
  }

  async #read(): Promise<Sealing | undefined> {
    const content = await this.#head.read();
    const header = content && this.#head.header;
    if (!header) return undefined;
    const key = await this.#parts.keys.toOpen(header);
    return { key, wasPlain: Buffer.from(content).includes('"wasPlain":true') };
  }

  async #hasIndex(): Promise<boolean> {
    return (await identityAt(this.#parts.path().index)) !== undefined;
  }
}
