import type { DataKey } from "../sealed/data-key.ts";
import { recordName } from "../sealed/record-name.ts";
import { clearFolder, makeFolder } from "./head-changes.ts";
import { RecordFolder } from "./record-folder.ts";
import type { RecordAccess, RecordsInUse } from "./records-in-use.ts";
import type { Sealing } from "./sealing.ts";

/** What is done to the records of a folder. */
export class RecordChanges {
  readonly folder: RecordFolder;
  readonly #records: RecordsInUse;
  #hasSaved = false;

  constructor(records: RecordsInUse) {
    this.#records = records;
    this.folder = new RecordFolder(records.folder);
  }

  async write(key: string, data: Uint8Array, label?: string): Promise<void> {
    const { sealing, file } = await this.#accessTo(key);
    const entry = label === undefined ? { key } : { key, label };
    const isNew = await file.write(entry, data);
    if (isNew) await this.folder.index(sealing.key, [{ name: recordName(sealing.key, key), entry }]);
    await this.#records.plainFileOf(sealing, key)?.remove();
    if (this.#hasSaved) return;
    this.#hasSaved = true;
    await this.folder.sweep();
  }

  async remove(key: string): Promise<void> {
    const { sealing, file } = await this.#accessTo(key);
    await file.remove();
    await this.#records.plainFileOf(sealing, key)?.remove();
    // An earlier version that still runs has it too, and so has its file when none runs any more.
    if (await this.#records.hasBefore()) await (await this.#records.before()).remove(key);
  }

  async clear(): Promise<void> {
    await clearFolder(this.#records.head, () => this.folder.remove());
    await (await this.#records.before()).clear();
    this.#records.forgetFiles();
    this.#records.accesses.clear();
  }

  async withLock<T>(
    key: string,
    work: () => Promise<T>,
    options?: { readonly signal?: AbortSignal },
  ): Promise<T> {
    const access = await this.#newAccess(key);
    const { accesses } = this.#records;
    return access.file.withLock(async () => {
      // Asked once for each access: how its record is sealed.
      accesses.set(key, access);
      try {
        return await work();
      } finally {
        accesses.delete(key);
      }
    }, options);
  }

  /** Makes the folder if need be. */
  made(): Promise<Sealing> {
    const takeOver = async (key: DataKey | undefined): Promise<void> =>
      this.folder.takeOver(key, await this.#records.before());
    return makeFolder(this.#records.head, takeOver, this.#hasSaved);
  }

  async #accessTo(key: string): Promise<RecordAccess> {
    return this.#records.accesses.get(key) ?? this.#newAccess(key);
  }

  async #newAccess(key: string): Promise<RecordAccess> {
    const sealing = await this.made();
    return { sealing, file: this.#records.fileOf(sealing.key, key) };
  }
}
