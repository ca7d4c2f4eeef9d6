import type { TokenCacheStore } from "@entrada/core";
import type { KeptKeys } from "../sealed/content-keys.ts";
import type { DataKey } from "../sealed/data-key.ts";
import type { SealedTokenCache } from "../sealed/sealed-token-cache.ts";
import type { RecordFile } from "./record-file.ts";
import type { RecordFolderParts } from "./record-folder.ts";
import type { Sealing } from "./sealing.ts";

/** What the holder of one record's lock works with. */
export interface RecordAccess {
  readonly sealing: Sealing;
  /** Which head says so: with another one, or none, all of this is of a folder that was cleared. */
  readonly head: string | undefined;
  readonly file: RecordFile;
}

/** What making and removing a folder of records needs of its head. */
export interface HeadInUse {
  readonly keys: KeptKeys;
  readonly content: SealedTokenCache;
  /** What the head says, if it is there. */
  read(): Promise<Sealing | undefined>;
  hasIndex(): Promise<boolean>;
}

/** What reads and what changes the records of a folder have in common. */
export interface RecordsInUse {
  readonly head: HeadInUse;
  readonly folder: RecordFolderParts;
  /** The file of a record, sealed with `key` or, without one, not sealed. */
  fileOf(key: DataKey | undefined, recordKey: string): RecordFile;
  /** The file in which the record was when there was no key, if there may be one. */
  plainFileOf(sealing: Sealing, recordKey: string): RecordFile | undefined;
  forgetFiles(): void;
  /** Of the records whose locks are held here. */
  readonly accesses: Map<string, RecordAccess>;
  /** The one file in which earlier versions kept all accounts, as a token cache. */
  before(): Promise<TokenCacheStore>;
  /** Whether that file is there. */
  hasBefore(): Promise<boolean>;
}
