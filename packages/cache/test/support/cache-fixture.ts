import { mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, relative } from "node:path";
import { onTestFinished } from "vitest";
import type { CacheWarning } from "../../src/cache-warning.ts";
import { persistentTokenCache, type PersistentTokenCacheOptions } from "../../src/persistent-token-cache.ts";
import { serializeDataKey } from "../../src/sealed/data-key.ts";
import { FIXED_KEY } from "./fixed-key-store.ts";
import { MemoryKeyStore } from "./memory-key-store.ts";
import { oneRecord, type OneRecord } from "./one-record.ts";

/** What the record's file is called while the fixed key seals it. */
export const RECORD_NAME = "f44c4dd32208f2692be31d2a7b91db208fc536da";

/** A cache named "test" in a folder of its own, with a keyring in memory; the folder goes with the test. */
export interface CacheFixture {
  readonly directory: string;
  readonly folder: string;
  /** The record's. */
  readonly file: string;
  readonly keys: MemoryKeyStore;
  readonly warnings: CacheWarning[];
  /** The same cache as another process sees it: nothing is shared but file and keyring. */
  open(options?: Partial<PersistentTokenCacheOptions>): OneRecord;
  names(): Promise<string[]>;
}

export async function cacheFixture(): Promise<CacheFixture> {
  const directory = await temporaryFolder();
  const keys = new MemoryKeyStore(serializeDataKey(FIXED_KEY));
  const warnings: CacheWarning[] = [];
  return {
    directory,
    folder: join(directory, "test.accounts"),
    file: join(directory, "test.accounts", RECORD_NAME),
    keys,
    warnings,
    open: (options = {}) =>
      oneRecord(
        persistentTokenCache({
          name: "test",
          directory,
          keyStore: () => keys,
          onWarning: (warning) => warnings.push(warning),
          ...options,
        }),
      ),
    names: () => filesIn(directory),
  };
}

/** All files below a folder, by their paths in it. */
export async function filesIn(folder: string): Promise<string[]> {
  const all = await readdir(folder, { recursive: true, withFileTypes: true });
  return all
    .filter((each) => !each.isDirectory())
    .map((each) => relative(folder, join(each.parentPath, each.name)))
    .sort();
}

/** Removed when the test ends, however it ends. */
export async function temporaryFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "entrada-cache-"));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  return folder;
}

export function bytes(text: string): Uint8Array {
  return Buffer.from(text);
}

export function text(content: Uint8Array | undefined): string | undefined {
  return content && Buffer.from(content).toString("utf8");
}

/** One whole access: lock, read, write. */
export function save(cache: OneRecord, content: string): Promise<void> {
  return cache.withLock(async () => {
    await cache.read();
    await cache.write(bytes(content));
  });
}

/** Runs a call that must fail and returns what it threw. */
export async function failureOf(call: Promise<unknown>): Promise<Error & { code?: string; detail?: string }> {
  try {
    await call;
  } catch (error) {
    return error as Error;
  }
  throw new Error("The call should have failed");
}
