import { invalidOption } from "@entrada/core/credential";
import { join } from "node:path";
import { cacheError, isCacheError } from "../cache-error.ts";
import { openRegularFile, unreadable } from "../disk/open-regular-file.ts";
import { homeFolder } from "../home-folder.ts";
import type { KeyStore } from "../keys/key-store.ts";
import { limitedKeyStore } from "../keys/limited-key-store.ts";
import { msalKeyStores } from "./msal-key-stores.ts";
import type { ReadMsalCacheOptions } from "./read-msal-cache-options.ts";
import { unprotectData, type UnprotectData } from "./unprotect-data.ts";

const NAME = "msal.cache.nocae";
const KEY_STORE_LIMIT_IN_MS = 10_000;

/** See `readMsalCache`. */
export async function msalCacheContent(options: ReadMsalCacheOptions): Promise<Uint8Array | undefined> {
  const { name = NAME, directory = msalDirectory() } = options;
  if (typeof name !== "string" || !name || /[\\/\0]/.test(name)) {
    throw invalidOption("name", "the name of a file, without its folder", name, "invalid_cache_name");
  }
  const file = join(directory, name);
  const content =
    process.platform === "win32"
      ? await protectedContent(file, options.unprotect ?? unprotectData)
      : await keyringContent(file, options.keyStore ? [options.keyStore] : await msalKeyStores(name));
  if (content && !isJsonObject(content)) throw damaged();
  return content;
}

async function protectedContent(file: string, unprotect: UnprotectData): Promise<Uint8Array | undefined> {
  const content = await fileContent(file);
  if (!content || content.length === 0) return undefined;
  try {
    return await unprotect(content);
  } catch (error) {
    throw cacheError(
      "cache_unreadable",
      "Windows could not open the MSAL cache for this user",
      "Read it as the user who wrote it, on the machine where it was written",
      error,
    );
  }
}

/** The keyring's first item; where there is no keyring or no item, MSAL has kept an unencrypted file. */
async function keyringContent(file: string, keyStores: readonly KeyStore[]): Promise<Uint8Array | undefined> {
  let absent: unknown;
  try {
    for (const keyStore of keyStores) {
      const secret = await limitedKeyStore(keyStore, KEY_STORE_LIMIT_IN_MS).read();
      if (secret !== undefined) return Buffer.from(secret, "utf8");
    }
  } catch (error) {
    if (!isCacheError(error, "cache_no_encryption")) throw error;
    absent = error;
  }
  const content = await fileContent(file);
  if (!content || content.length === 0) return undefined;
  // Beside an item of the keyring the file holds this, for the sake of its time of change.
  if (content.toString("latin1") !== "{}") return content;
  if (absent !== undefined) throw absent;
  return undefined;
}

async function fileContent(file: string): Promise<Buffer | undefined> {
  const opened = await openRegularFile(file);
  try {
    return await opened?.file.read(0, Number(opened.status.size));
  } catch (error) {
    throw unreadable(file, error);
  } finally {
    await opened?.file.close();
  }
}

function msalDirectory(): string {
  const { APPDATA: roaming } = process.env;
  return join(roaming ? join(roaming, "..", "Local") : homeFolder(), ".IdentityService");
}

function isJsonObject(content: Uint8Array): boolean {
  try {
    const value: unknown = JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(content));
    return typeof value === "object" && value !== null && !Array.isArray(value);
  } catch {
    // The parser's message quotes the text, which may hold tokens.
    return false;
  }
}

function damaged(): Error {
  return cacheError(
    "cache_corrupt",
    "The MSAL cache is no JSON object",
    "Sign in again instead of reading it",
  );
}
