import { mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { onTestFinished } from "vitest";
import type { CacheWarning } from "../../src/cache-warning.ts";
import { persistentTokenCache, type PersistentTokenCacheOptions } from "../../src/persistent-token-cache.ts";
import { MemoryKeyStore } from "./memory-key-store.ts";
import { oneRecord, type OneRecord } from "./one-record.ts";

/** A cache named "test" in a folder of its own, with a keyring in memory; the folder goes with the test. */
export interface CacheFixture {
  readonly directory: string;
  readonly file: string;
  readonly keys: MemoryKeyStore;
  readonly warnings: CacheWarning[];
  /** The same cache as another process sees it: nothing is shared but file and keyring. */
  open(options?: Partial<PersistentTokenCacheOptions>): OneRecord;
  names(): Promise<string[]>;
}

export async function cacheFixture(): Promise<CacheFixture> {
  const directory = await temporaryFolder();
  const keys = new MemoryKeyStore();
  const warnings: CacheWarning[] = [];
  return {
    directory,
    file: join(directory, "test.cache"),
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
    names: async () => (await readdir(directory)).sort(),
  };
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
