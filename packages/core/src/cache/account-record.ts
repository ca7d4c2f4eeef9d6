import { damaged, ofNewerVersion } from "./cache-damage.ts";
import { parsedJson } from "./parsed-json.ts";
import { isObject, isStoredAccount, namesIn, type StoredAccount } from "./stored-account.ts";

const VERSION = 1;

/** An account as the record of a store. No line break is in it. */
export function serializeAccount(account: StoredAccount): Uint8Array {
  return Uint8Array.from(Buffer.from(JSON.stringify({ version: VERSION, ...account })));
}

/**
 * @throws AuthenticationError `cache`: detail `cache_version` for a record of a newer Entrada, which must be left alone,
 * else `cache_corrupt`.
 */
export function parseAccount(bytes: Uint8Array): StoredAccount {
  // A store may be anybody's: what it gives may be something else than its type says.
  const value = ArrayBuffer.isView(bytes) ? parsedJson(bytes) : undefined;
  if (isObject(value)) {
    const { version = VERSION, ...account } = value;
    if (typeof version === "number" && version > VERSION) throw ofNewerVersion();
    if (version === VERSION && isStoredAccount(account)) {
      const { names, ...rest } = account;
      return { ...rest, ...namesIn(names) };
    }
  }
  throw damaged("An account in the token cache", "It is left out");
}
