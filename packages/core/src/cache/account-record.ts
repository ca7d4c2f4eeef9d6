import type { AuthenticationRecord } from "../authentication-record.ts";
import { damaged, ofNewerVersion } from "./cache-damage.ts";
import { parsedJson } from "./parsed-json.ts";
import { isObject, isRecord, isStoredAccount, namesIn, type StoredAccount } from "./stored-account.ts";

const VERSION = 1;

/** What `list` tells of an account: enough to choose one without opening it. */
export type AccountLabel = Pick<StoredAccount, "record" | "signedInAt" | "names">;

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

export function labelOf({ record, signedInAt, names }: AccountLabel): string {
  return JSON.stringify({ record, signedInAt, names });
}

/** `undefined` for a text that is no label of ours. */
export function parseLabel(label: string | undefined): AccountLabel | undefined {
  if (label === undefined) return undefined;
  const value = parsedJson(Buffer.from(label));
  if (!isObject(value) || !isRecord(value["record"]) || !Number.isFinite(value["signedInAt"]))
    return undefined;
  return {
    record: value["record"] as AuthenticationRecord,
    signedInAt: value["signedInAt"] as number,
    ...namesIn(value["names"]),
  };
}
