import { cacheError } from "../cache-error.ts";
import { identityNowAt } from "../disk/identity-now-at.ts";
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
    const access = this.#records.accesses.get(key);
    if (!access) return this.withLock(key, () => this.write(key, data, label));
    if (this.#isOver(access)) throw clearedMeanwhile();
    const { sealing, file } = access;
    const entry = label === undefined ? { key } : { key, label };
    const isNew = await file.write(entry, data);
    if (isNew) await this.folder.index(sealing.key, [{ name: recordName(sealing.key, key), entry }]);
    // Whoever clears looks for records once more after the head is gone: what was saved before that, goes there.
    if (this.#isOver(access)) {
      await file.remove();
      await this.folder.removeIndex();
      throw clearedMeanwhile();
    }
    await this.#records.plainFileOf(sealing, key)?.remove();
    if (this.#hasSaved) return;
    this.#hasSaved = true;
    await this.folder.sweep();
  }

  async remove(key: string): Promise<void> {
    const access = this.#records.accesses.get(key);
    // Nothing is made, not even the folder, to remove what is not there.
    if (!access && !(await this.#hasAny())) return;
    const { sealing, file } = access ?? (await this.#newAccess(key));
    await file.remove();
    await this.#records.plainFileOf(sealing, key)?.remove();
    // An earlier version that still runs has it too, and so has its file when none runs any more.
    if (await this.#records.hasBefore()) await (await this.#records.before()).remove(key);
  }

  async clear(): Promise<void> {
    const { head, before, forgetFiles } = this.#records;
    const present = await this.folder.present();
    if (present.folder || (await head.keys.isKept())) await clearFolder(head, () => this.folder.remove());
    if (present.before) await (await before()).clear();
    forgetFiles();
  }

  async withLock<T>(
    key: string,
    work: () => Promise<T>,
    options?: { readonly signal?: AbortSignal },
  ): Promise<T> {
    const access = await this.#newAccess(key);
    const { accesses } = this.#records;
    const done = await access.file.withLock(async () => {
      // All was removed, or the folder made, while this one waited: it has begun only now.
      if (this.#isOver(access)) return undefined;
      // Asked once for each access: how its record is sealed.
      accesses.set(key, access);
      try {
        return { result: await work() };
      } finally {
        accesses.delete(key);
      }
    }, options);
    return done ? done.result : this.withLock(key, work, options);
  }

  /** Makes the folder if need be. */
  made(): Promise<Sealing> {
    const takeOver = async (key: DataKey | undefined): Promise<void> =>
      this.folder.takeOver(key, await this.#records.before());
    return makeFolder(this.#records.head, takeOver, this.#hasSaved);
  }

  /** Whether there can be any record at all. */
  async #hasAny(): Promise<boolean> {
    const { head, hasBefore } = this.#records;
    return this.#headNow() !== undefined || (await head.hasIndex()) || hasBefore();
  }

  async #newAccess(key: string): Promise<RecordAccess> {
    // Looked at before it is read: an access to one that is made or replaced in between begins anew.
    const head = this.#headNow();
    const sealing = await this.made();
    return { sealing, head, file: this.#records.fileOf(sealing.key, key) };
  }

  /** Whether all was removed since it began, by whichever process: then it saves nothing any more. */
  #isOver({ head }: RecordAccess): boolean {
    return this.#headNow() !== head;
  }

  #headNow(): string | undefined {
    return identityNowAt(this.#records.folder.path.head.file);
  }
}

function clearedMeanwhile(): Error {
  return cacheError(
    "cache_locked",
    "The token cache was cleared while this was to be saved in it",
    "Try again",
  );
}
