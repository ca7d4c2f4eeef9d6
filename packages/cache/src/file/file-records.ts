import type { TokenCacheEntry, TokenCacheStore } from "@entrada/core";
import type { WarningListener } from "../cache-warning.ts";
import type { ContentKeys } from "../sealed/content-keys.ts";
import type { DataKey } from "../sealed/data-key.ts";
import { damagedRecord, packRecord, unpackRecord, type RecordContent } from "../sealed/record-content.ts";
import { recordName } from "../sealed/record-name.ts";
import { SealedTokenCache } from "../sealed/sealed-token-cache.ts";
import type { CachePath } from "./cache-path.ts";
import { identityAt } from "./open-regular-file.ts";
import { FilePlace } from "./file-place.ts";
import { folderPath, type FolderPath } from "./folder-path.ts";
import type { Sealing } from "./sealing.ts";
import type { RecordFolder, RecordFolderParts } from "./record-folder.ts";
import { RecordList } from "./record-list.ts";
import type { SeenFolder } from "./seen-folder.ts";

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

/** One record's file. */
interface RecordFile {
  readonly cache: SealedTokenCache;
  /** What was unpacked last, and of which content. */
  unpacked?: { readonly content: Uint8Array; readonly record: RecordContent };
  /** How the index names it, as far as this process knows. */
  indexed?: TokenCacheEntry;
}

/** What the holder of one record's lock works with. */
interface Access {
  readonly sealing: Sealing;
  readonly file: RecordFile;
}

// Whoever uses more accounts than this at once reads some of them anew.
const KEPT_FILES = 100;

/**
 * A folder with a sealed file for each record. Its head says with which key they are sealed, or that they are not; it is
 * made last when a folder is made, so that without it nothing counts but the file of an earlier version.
 */
export class FileRecords implements TokenCacheStore {
  readonly #parts: FileRecordsParts;
  readonly #head: SealedTokenCache;
  readonly #files = new Map<string, RecordFile>();
  readonly #accesses = new Map<string, Access>();
  #openedPath: FolderPath | undefined;
  #openedFolder: RecordFolder | undefined;
  #openedList: RecordList | undefined;
  readonly #seenFolder: SeenFolder = {};
  #changed = false;

  constructor(parts: FileRecordsParts) {
    this.#parts = parts;
    const { keys, warn, lockTimeoutInMs } = parts;
    const place = new FilePlace({ path: () => this.#path.head, warn, seenFolder: this.#seenFolder });
    this.#head = new SealedTokenCache({ place, keys, warn, lockTimeoutInMs });
  }

  async read(key: string): Promise<Uint8Array | undefined> {
    const access = this.#accesses.get(key);
    const sealing = access?.sealing ?? (await this.#present());
    if (!sealing) return (await this.#hasBefore()) ? (await this.#parts.before()).read(key) : undefined;
    const data = await this.#readFile(access?.file ?? this.#file(sealing, key), key);
    if (data || !sealing.wasPlain || !sealing.key) return data;
    return this.#readFile(this.#file({ ...sealing, key: undefined }, key), key);
  }

  async list(): Promise<readonly TokenCacheEntry[]> {
    const sealing = await this.#present();
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
    const content = packRecord({ entry, data });
    await file.cache.write(content);
    file.unpacked = { content, record: { entry, data } };
    const folder = await this.#folder();
    if (file.indexed?.label !== label || file.indexed?.key !== key) {
      file.indexed = entry;
      await folder.index(sealing.key, [{ name: recordName(sealing.key, key), entry }]);
    }
    if (sealing.key && sealing.wasPlain) await this.#file({ ...sealing, key: undefined }, key).cache.clear();
    if (this.#changed) return;
    this.#changed = true;
    await folder.sweep();
  }

  async remove(key: string): Promise<void> {
    const { sealing, file } = await this.#accessTo(key);
    await file.cache.clear();
    if (sealing.key && sealing.wasPlain) await this.#file({ ...sealing, key: undefined }, key).cache.clear();
    // An earlier version that still runs has it too, and so has its file when none runs any more.
    if (await this.#hasBefore()) await (await this.#parts.before()).remove(key);
  }

  async clear(): Promise<void> {
    const folder = await this.#folder();
    await this.#head.withLock(async () => {
      await folder.remove();
      await this.#head.clear();
    });
    await (await this.#parts.before()).clear();
    this.#files.clear();
    this.#accesses.clear();
  }

  async withLock<T>(
    key: string,
    work: () => Promise<T>,
    options?: { readonly signal?: AbortSignal },
  ): Promise<T> {
    const sealing = await this.#prepared();
    const file = this.#file(sealing, key);
    return file.cache.withLock(async () => {
      // Asked once for each access: how its record is sealed.
      this.#accesses.set(key, { sealing, file });
      try {
        return await work();
      } finally {
        this.#accesses.delete(key);
      }
    }, options);
  }

  async #accessTo(key: string): Promise<Access> {
    const access = this.#accesses.get(key);
    if (access) return access;
    const sealing = await this.#prepared();
    return { sealing, file: this.#file(sealing, key) };
  }

  /** `undefined` while there is no folder of records. Where only its head is damaged or gone, it is made anew. */
  async #present(): Promise<Sealing | undefined> {
    const sealing = await this.#sealing();
    if (sealing || (await identityAt(this.#path.index)) === undefined) return sealing;
    return this.#prepared();
  }

  /** `undefined` without a head. */
  async #sealing(): Promise<Sealing | undefined> {
    const content = await this.#head.read();
    const header = content && this.#head.header;
    if (!header) return undefined;
    const key = await this.#parts.keys.toOpen(header);
    return { key, wasPlain: Buffer.from(content).includes('"wasPlain":true') };
  }

  /** Makes the folder if need be, with all that an earlier version has kept; seals what was not as soon as it can be. */
  async #prepared(): Promise<Sealing> {
    const present = await this.#sealing();
    if (present && (present.key || this.#changed)) return present;
    // Before anything is made: whether there can be a key if there must be one.
    if (!present) await this.#parts.keys.toOpen(undefined);
    const folder = await this.#folder();
    await this.#head.withLock(async () => {
      const sealing = await this.#sealing();
      if (sealing?.key) return;
      const key = await this.#parts.keys.toSeal(undefined);
      if (sealing && !key) return;
      const hadRecords = sealing !== undefined || (await identityAt(this.#path.index)) !== undefined;
      if (!sealing) await folder.takeOver(key, await this.#parts.before());
      await this.#head.write(Buffer.from(JSON.stringify({ version: 1, wasPlain: hadRecords })));
    });
    const made = await this.#sealing();
    if (made) return made;
    // Somebody has removed it all in between.
    return this.#prepared();
  }

  async #readFile(file: RecordFile, key: string): Promise<Uint8Array | undefined> {
    const content = await file.cache.read();
    if (!content) return undefined;
    if (file.unpacked?.content !== content) file.unpacked = { content, record: unpackRecord(content) };
    const { entry, data } = file.unpacked.record;
    if (entry.key !== key) throw damagedRecord();
    file.indexed ??= entry;
    return data;
  }

  #file({ key }: Pick<Sealing, "key">, recordKey: string): RecordFile {
    const name = recordName(key, recordKey);
    const id = `${key?.id ?? ""}/${name}`;
    const present = this.#files.get(id);
    this.#files.delete(id);
    const file = present ?? { cache: this.#open(key, name) };
    this.#files.set(id, file);
    const [oldest] = this.#files.keys();
    if (this.#files.size > KEPT_FILES) this.#files.delete(oldest!);
    return file;
  }

  #open(key: DataKey | undefined, name: string): SealedTokenCache {
    const { warn, lockTimeoutInMs } = this.#parts;
    const path = this.#path.record(name);
    return new SealedTokenCache({
      place: new FilePlace({ path: () => path, warn, seenFolder: this.#seenFolder }),
      keys: keysOfRecord(key),
      warn,
      lockTimeoutInMs,
    });
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
    return { path: this.#path, open: (key, name) => this.#open(key, name), warn: this.#parts.warn };
  }

  /** Whether the file of an earlier version is there. */
  async #hasBefore(): Promise<boolean> {
    return (await identityAt(this.#path.before)) !== undefined;
  }
}

/** All records of a folder are sealed alike: what is not is no record of it. */
function keysOfRecord(key: DataKey | undefined): ContentKeys {
  return {
    toOpen: (present) =>
      present && present.keyId !== key?.id ? Promise.reject(damagedRecord()) : Promise.resolve(key),
    toSeal: () => Promise.resolve(key),
    destroy: () => Promise.resolve(),
  };
}
