import type { WarningListener } from "../cache-warning.ts";
import type { ContentKeys } from "../sealed/content-keys.ts";
import type { DataKey } from "../sealed/data-key.ts";
import { damagedRecord } from "../sealed/record-content.ts";
import { recordName } from "../sealed/record-name.ts";
import { SealedTokenCache } from "../sealed/sealed-token-cache.ts";
import { FilePlace } from "./file-place.ts";
import type { FolderPath } from "./folder-path.ts";
import { RecordFile } from "./record-file.ts";
import type { SeenFolder } from "./seen-folder.ts";

export interface RecordFilesParts {
  /** First asked for at the first use. */
  readonly path: () => FolderPath;
  readonly warn: WarningListener;
  readonly lockTimeoutInMs: number;
  readonly seenFolder: SeenFolder;
}

// Whoever uses more accounts than this at once reads some of them anew.
const KEPT_FILES = 100;

/** The files of a folder's records, of which those that were used last are kept open. */
export class RecordFiles {
  readonly #parts: RecordFilesParts;
  readonly #kept = new Map<string, RecordFile>();

  constructor(parts: RecordFilesParts) {
    this.#parts = parts;
  }

  /** That of the record under this key, sealed with `key` or, without one, not sealed. */
  of(key: DataKey | undefined, recordKey: string): RecordFile {
    // Of each key another one.
    const name = recordName(key, recordKey);
    const file = this.#kept.get(name) ?? new RecordFile(this.open(key, name));
    this.#kept.delete(name);
    this.#kept.set(name, file);
    const [oldest] = this.#kept.keys();
    if (this.#kept.size > KEPT_FILES) this.#kept.delete(oldest!);
    return file;
  }

  /** The one of this name, for who looks into it once. */
  open(key: DataKey | undefined, name: string): SealedTokenCache {
    const { path, warn, lockTimeoutInMs, seenFolder } = this.#parts;
    const lies = path().record(name);
    return new SealedTokenCache({
      place: new FilePlace({ path: () => lies, warn, seenFolder }),
      keys: keysOfRecord(key),
      warn,
      lockTimeoutInMs,
    });
  }

  forget(): void {
    this.#kept.clear();
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
