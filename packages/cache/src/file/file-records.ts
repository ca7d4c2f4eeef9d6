import type { TokenCacheEntry, TokenCacheStore } from "@entrada/core";
import type { WarningListener } from "../cache-warning.ts";
import type { ContentKeys } from "../sealed/content-keys.ts";
import { recordName } from "../sealed/record-name.ts";
import type { CachePath } from "./cache-path.ts";
import { FolderHead } from "./folder-head.ts";
import { folderPath, type FolderPath } from "./folder-path.ts";
import { identityAt } from "../disk/open-regular-file.ts";
import type { RecordFile } from "./record-file.ts";
import { RecordFiles } from "./record-files.ts";
import type { RecordFolder, RecordFolderParts } from "./record-folder.ts";
import { RecordList } from "./record-list.ts";
import type { Sealing } from "./sealing.ts";

/** What a `FileRecords` is made of. */
export interface FileRecordsParts {
  /** Where the one file lies in which earlier versions kept all accounts; the folder of the records is beside it. */
  readonly path: () => CachePath;
  readonly keys: ContentKeys;
  readonly warn: WarningListener;
  readonly lockTimeoutInMs: number;
  /** That one file, as a token cache. */
  readonly before: () => Promise<TokenCacheStore>;
}

/** What the holder of one record's lock works with. */
interface Access {
  readonly sealing: Sealing;
  readonly file: RecordFile;
}

/** A folder with a sealed file for each record. */
export class FileRecords implements TokenCacheStore {
  readonly #parts: FileRecordsParts;
  readonly #head: FolderHead;
  readonly #files: RecordFiles;
  readonly #accesses = new Map<string, Access>();
  #openedPath: FolderPath | undefined;
  #openedFolder: RecordFolder | undefined;
  #openedList: RecordList | undefined;
  #hasSaved = false;

  constructor(parts: FileRecordsParts) {
    this.#parts = parts;
    const { keys, warn, lockTimeoutInMs } = parts;
    const shared = { path: () => this.#path, warn, lockTimeoutInMs, seenFolder: {} };
    this.#files = new RecordFiles(shared);
    this.#head = new FolderHead({
      ...shared,
      keys,
      takeOver: async (key) => (await this.#folder()).takeOver(key, await parts.before()),
    });
  }

  async read(key: string): Promise<Uint8Array | undefined> {
    const access = this.#accesses.get(key);
    const sealing = access?.sealing ?? (await this.#head.present());
    if (!sealing) return (await this.#hasBefore()) ? (await this.#parts.before()).read(key) : undefined;
    const file = access?.file ?? this.#files.of(sealing.key, key);
    return (await file.read(key)) ?? this.#plain(sealing, key)?.read(key);
  }

  async list(): Promise<readonly TokenCacheEntry[]> {
    const sealing = await this.#head.present();
    if (sealing) return this.#list.list(sealing);
    return (await this.#hasBefore()) ? (await this.#parts.before()).list() : [];
  }

  /** The index grows with each new record and each new label, and with nothing else. */
  async revision(): Promise<string> {
    const { index, before } = this.#path;
    return [await identityAt(index), await identityAt(before)].join(" ");
  }

  async write(key: string, data: Uint8Array, label?: string): Promise<void> {
    const { sealing, file } = await this.#accessTo(key);
    const entry = label === undefined ? { key } : { key, label };
    const isNew = await file.write(entry, data);
    const folder = await this.#folder();
    if (isNew) await folder.index(sealing.key, [{ name: recordName(sealing.key, key), entry }]);
    await this.#plain(sealing, key)?.remove();
    if (this.#hasSaved) return;
    this.#hasSaved = true;
    await folder.sweep();
  }

  async remove(key: string): Promise<void> {
    const { sealing, file } = await this.#accessTo(key);
    await file.remove();
    await this.#plain(sealing, key)?.remove();
    // An earlier version that still runs has it too, and so has its file when none runs any more.
    if (await this.#hasBefore()) await (await this.#parts.before()).remove(key);
  }

  async clear(): Promise<void> {
    const folder = await this.#folder();
    await this.#head.clear(() => folder.remove());
    await (await this.#parts.before()).clear();
    this.#files.forget();
    this.#accesses.clear();
  }

  async withLock<T>(
    key: string,
    work: () => Promise<T>,
    options?: { readonly signal?: AbortSignal },
  ): Promise<T> {
    const access = await this.#newAccess(key);
    return access.file.withLock(async () => {
      // Asked once for each access: how its record is sealed.
      this.#accesses.set(key, access);
      try {
        return await work();
      } finally {
        this.#accesses.delete(key);
      }
    }, options);
  }

  async #accessTo(key: string): Promise<Access> {
    return this.#accesses.get(key) ?? this.#newAccess(key);
  }

  async #newAccess(key: string): Promise<Access> {
    const sealing = await this.#head.made(this.#hasSaved);
    return { sealing, file: this.#files.of(sealing.key, key) };
  }

  /** The file in which the record was when there was no key, if there may be one. */
  #plain({ key, wasPlain }: Sealing, recordKey: string): RecordFile | undefined {
    return key && wasPlain ? this.#files.of(undefined, recordKey) : undefined;
  }

  get #path(): FolderPath {
    return (this.#openedPath ??= folderPath(this.#parts.path()));
  }

  /** Whoever only reads needs none of this. */
  async #folder(): Promise<RecordFolder> {
    const { RecordFolder } = await import("./changes.ts");
    return (this.#openedFolder ??= new RecordFolder(this.#folderParts));
  }

  get #list(): RecordList {
    return (this.#openedList ??= new RecordList(this.#folderParts, () => this.#folder()));
  }

  get #folderParts(): RecordFolderParts {
    const { warn } = this.#parts;
    return { path: this.#path, open: (key, name) => this.#files.open(key, name), warn };
  }

  /** Whether the file of an earlier version is there. */
  async #hasBefore(): Promise<boolean> {
    return (await identityAt(this.#path.before)) !== undefined;
  }
}
