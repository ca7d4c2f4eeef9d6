import { AuthenticationError, isAuthenticationError } from "../../errors/authentication-error.ts";
import {
  EMPTY_DOCUMENT,
  jsonOfRecord,
  labelOfJson,
  parseDocument,
  recordOfJson,
  serializeDocument,
  type BlobDocument,
} from "./blob-document.ts";
import {
  parseSignOuts,
  NO_SIGN_OUTS,
  serializeSignOuts,
  SIGN_OUTS,
  type SignedOut,
} from "../sign-out-record.ts";
import { clearedMeanwhile } from "../cleared-meanwhile.ts";
import { KeyTurns } from "../key-turns.ts";
import type { TokenCacheBlob } from "./token-cache-blob.ts";
import type { TokenCacheEntry, TokenCacheStore } from "../token-cache-store.ts";

/** The time inside the lock. */
interface Access {
  readonly key: string;
  /** What this access has seen or written last: what it saves rests on that and nothing newer. */
  seen?: BlobDocument;
  readFailed: boolean;
  /** Whether all was removed since it began: it saves nothing any more. */
  isOver: boolean;
}

/** The records that stand together in one piece of content. */
export class BlobRecords implements TokenCacheStore {
  readonly #blob: TokenCacheBlob;
  readonly #opened = new WeakMap<object, Uint8Array>();
  #bytes: Uint8Array | undefined;
  #document: BlobDocument = EMPTY_DOCUMENT;
  #access: Access | undefined;
  #working: Promise<unknown> = Promise.resolve();
  // A blob has one lock for a moment, and none for as long as a person takes: those of this process ask in turns.
  readonly #prompts = new KeyTurns();

  constructor(blob: TokenCacheBlob) {
    this.#blob = blob;
  }

  async read(key: string): Promise<Uint8Array | undefined> {
    const access = this.#access?.key === key ? this.#access : undefined;
    try {
      const { records, signedOut } = await this.#load();
      if (key === SIGN_OUTS) {
        return hasNone(signedOut) ? undefined : this.#once(signedOut, () => serializeSignOuts(signedOut));
      }
      const json = records.get(key);
      return json && this.#once(json, () => recordOfJson(json));
    } catch (error) {
      if (access && !isDamage(error)) access.readFailed = true;
      throw error;
    }
  }

  async list(): Promise<readonly TokenCacheEntry[]> {
    const { records, signedOut } = await this.#load();
    const entries = Array.from(records, ([key, json]): TokenCacheEntry => {
      const label = labelOfJson(key, json);
      return label === undefined ? { key } : { key, label };
    });
    return hasNone(signedOut) ? entries : [...entries, { key: SIGN_OUTS }];
  }

  write(key: string, data: Uint8Array, label?: string): Promise<void> {
    return this.#change(key, (document) => {
      if (key === SIGN_OUTS) return { ...document, signedOut: parseSignOuts(data) };
      return { ...document, records: new Map(document.records).set(key, jsonOfRecord(key, data, label)) };
    });
  }

  remove(key: string): Promise<void> {
    return this.#change(key, (document) => {
      if (key === SIGN_OUTS) {
        return hasNone(document.signedOut) ? document : { ...document, signedOut: NO_SIGN_OUTS };
      }
      if (!document.records.has(key)) return document;
      const records = new Map<string, Uint8Array>();
      // The text that the records stood in has the tokens of the one that is gone.
      for (const [other, json] of document.records)
        if (other !== key) records.set(other, Uint8Array.from(json));
      return { ...document, records };
    });
  }

  async clear(): Promise<void> {
    const access = this.#access;
    if (access) access.isOver = true;
    // What was begun in the access goes, too.
    await (access ? this.#inTurn(() => this.#blob.clear()) : this.#blob.clear());
    this.#bytes = undefined;
    this.#document = EMPTY_DOCUMENT;
  }

  withLock<T>(key: string, work: () => Promise<T>, options?: { readonly signal?: AbortSignal }): Promise<T> {
    return this.#blob.withLock(async () => {
      this.#access = { key, readFailed: false, isOver: false };
      try {
        return await work();
      } finally {
        await this.#working;
        this.#access = undefined;
      }
    }, options);
  }

  withPromptLock<T>(
    key: string,
    work: () => Promise<T>,
    { signal, onHeld }: { readonly signal?: AbortSignal; readonly onHeld?: () => void } = {},
  ): Promise<T> {
    return this.#prompts.run(key, work, signal, onHeld);
  }

  /** Changes what is there now; inside the lock of `key` as a part of that access. */
  async #change(key: string, update: (before: BlobDocument) => BlobDocument): Promise<void> {
    const access = this.#access;
    if (access?.key !== key) return this.#blob.withLock(() => this.#save(update));
    if (access.readFailed) throw notRead();
    return this.#inTurn(() => this.#save(update));
  }

  /** One at a time: each change of an access rests on what the one before has written. */
  #inTurn(change: () => Promise<void>): Promise<void> {
    const changing = this.#working.then(change);
    this.#working = changing.catch(() => {});
    return changing;
  }

  async #save(update: (before: BlobDocument) => BlobDocument): Promise<void> {
    const access = this.#access;
    const before = access?.isOver ? EMPTY_DOCUMENT : (access?.seen ?? (await this.#loadOrEmpty()));
    const after = update(before);
    if (after === before) return;
    if (access?.isOver) throw clearedMeanwhile();
    const bytes = serializeDocument(after);
    await this.#blob.write(bytes);
    if (access) access.seen = after;
    this.#document = after;
    // A place that still has these very bytes at the next read spares their parsing.
    this.#bytes = bytes;
  }

  async #load(): Promise<BlobDocument> {
    const access = this.#access;
    const bytes = (await this.#blob.read()) ?? undefined;
    if (bytes !== this.#bytes) {
      this.#bytes = undefined;
      this.#document = EMPTY_DOCUMENT;
      this.#document = parseDocument(bytes);
      this.#bytes = bytes;
    }
    if (access) access.seen = this.#document;
    return this.#document;
  }

  async #loadOrEmpty(): Promise<BlobDocument> {
    try {
      return await this.#load();
    } catch (error) {
      if (!isDamage(error)) throw error;
      return EMPTY_DOCUMENT;
    }
  }

  /** The same bytes each time, while what they are made of is the same. */
  #once(source: object, make: () => Uint8Array): Uint8Array {
    const present = this.#opened.get(source) ?? make();
    this.#opened.set(source, present);
    return present;
  }
}

function hasNone(signedOut: SignedOut): boolean {
  return Object.keys(signedOut).length === 0;
}

function isDamage(error: unknown): boolean {
  return isAuthenticationError(error) && error.detail === "cache_corrupt";
}

function notRead(): AuthenticationError {
  return new AuthenticationError({
    code: "cache",
    what: "The token cache was not saved, because it could not be read under the same lock before",
    remedy: "Look at the error of `read`; then call `read` and `write` inside one `withLock` again",
    detail: "cache_unwritable",
  });
}
