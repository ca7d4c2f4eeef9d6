import type { TokenCacheEntry, TokenCacheStore } from "@entrada/core";
import { LoadOnce } from "@entrada/core/credential";
import type { WarningListener } from "../cache-warning.ts";
import { identityAt } from "../disk/open-regular-file.ts";
import type { KeptKeys } from "../sealed/content-keys.ts";
import type { CachePath } from "./cache-path.ts";
import { FolderHead } from "./folder-head.ts";
import { folderPath, type FolderPath } from "./folder-path.ts";
import { RecordList } from "./listing/record-list.ts";
import type { RecordChanges } from "./record-changes.ts";
import type { RecordFile } from "./record-file.ts";
import { RecordFiles } from "./record-files.ts";
import type { RecordFolder, RecordFolderParts } from "./record-folder.ts";
import type { RecordAccess } from "./records-in-use.ts";
import type { Sealing } from "./sealing.ts";

/** What a `FileRecords` is made of. */
export interface FileRecordsParts {
  /** Where the one file lies in which earlier versions kept all accounts; the folder of the records is beside it. */
  readonly path: () => CachePath;
  readonly keys: KeptKeys;
  readonly warn: WarningListener;
  readonly lockTimeoutInMs: number;
  /** That one file, as a token cache. */
  readonly before: () => Promise<TokenCacheStore>;
}

/** A folder with a sealed file for each record. Whoever only reads loads nothing of what changes them. */
export class FileRecords implements TokenCacheStore {
  readonly #parts: FileRecordsParts;
  readonly #head: FolderHead;
  readonly #files: RecordFiles;
  readonly #accesses = new Map<string, RecordAccess>();
  readonly #changes: LoadOnce<RecordChanges>;
  #openedPath: FolderPath | undefined;
  #openedList: RecordList | undefined;

  constructor(parts: FileRecordsParts) {
    this.#parts = parts;
    const { keys, warn, lockTimeoutInMs } = parts;
    const shared = { path: () => this.#path, warn, lockTimeoutInMs, seenFolder: {} };
    const make = async (): Promise<Sealing> => (await this.#changes.get()).made();
    this.#files = new RecordFiles(shared);
    this.#head = new FolderHead({ ...shared, keys, make });
    this.#changes = new LoadOnce(() => this.#openChanges());
  }

  async read(key: string): Promise<Uint8Array | undefined> {
    const access = this.#accesses.get(key);
    const sealing = access?.sealing ?? (await this.#head.present());
    if (!sealing) return (await this.#hasBefore()) ? (await this.#parts.before()).read(key) : undefined;
    const file = access?.file ?? this.#files.of(sealing.key, key);
    return (await file.read(key)) ?? this.#plainFileOf(sealing, key)?.read(key);
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
    return (await this.#changes.get()).write(key, data, label);
  }

  async remove(key: string): Promise<void> {
    return (await this.#changes.get()).remove(key);
  }

  async clear(): Promise<void> {
    return (await this.#changes.get()).clear();
  }

  async withLock<T>(
    key: string,
    work: () => Promise<T>,
    options?: { readonly signal?: AbortSignal },
  ): Promise<T> {
    return (await this.#changes.get()).withLock(key, work, options);
  }

  async #openChanges(): Promise<RecordChanges> {
    const { RecordChanges } = await import("./changes.ts");
    return new RecordChanges({
      head: this.#head,
      folder: this.#folderParts,
      accesses: this.#accesses,
      fileOf: (key, recordKey) => this.#files.of(key, recordKey),
      plainFileOf: (sealing, recordKey) => this.#plainFileOf(sealing, recordKey),
      forgetFiles: () => this.#files.forget(),
      before: () => this.#parts.before(),
      hasBefore: () => this.#hasBefore(),
    });
  }

  get #path(): FolderPath {
    return (this.#openedPath ??= folderPath(this.#parts.path()));
  }

  get #list(): RecordList {
    const folder = async (): Promise<RecordFolder> => (await this.#changes.get()).folder;
    return (this.#openedList ??= new RecordList(this.#folderParts, folder));
  }

  get #folderParts(): RecordFolderParts {
    const { warn } = this.#parts;
    return { path: this.#path, open: (key, name) => this.#files.open(key, name), warn };
  }

  #plainFileOf({ key, wasPlain }: Sealing, recordKey: string): RecordFile | undefined {
    return key && wasPlain ? this.#files.of(undefined, recordKey) : undefined;
  }

  async #hasBefore(): Promise<boolean> {
    return (await identityAt(this.#path.before)) !== undefined;
  }
}
