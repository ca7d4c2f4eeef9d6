import { parsedText } from "./parsed-json.ts";
import { isObject, isRecord, namesIn, type StoredAccount } from "./stored-account.ts";

/** What `list` tells of an account: enough to choose one without opening it. */
export type AccountLabel = Pick<StoredAccount, "record" | "signedInAt" | "names">;

/**
 * What the account's key does not say: JSON, `[signedInAt, username, names, more]`, the last two only where there is
 * something to say. `more` is what stands in the record in another way than in the key: capital letters of an id, the
 * tenant of a guest. Whoever asks for all of ten thousand accounts reads so many of these.
 */
export function labelOf(key: string, { record, signedInAt, names = [] }: AccountLabel): string {
  const { username, ...rest } = record;
  const said: Readonly<Record<string, string>> = saidBy(key);
  const more = Object.entries(rest).filter(([field, value]) => value !== said[field]);
  const parts = [signedInAt, username, names, Object.fromEntries(more)];
  return JSON.stringify(more.length > 0 ? parts : parts.slice(0, names.length > 0 ? 3 : 2));
}

/** `undefined` for a text that is no label of ours. */
export function parseLabel(key: string, label: string | undefined): AccountLabel | undefined {
  const parts = label === undefined ? undefined : parsedText(label);
  if (!Array.isArray(parts)) return undefined;
  const signedInAt: unknown = parts[0];
  const more: unknown = parts[3];
  const record = { ...saidBy(key), username: parts[1] as unknown, ...(isObject(more) && more) };
  if (typeof signedInAt !== "number" || !isRecord(record)) return undefined;
  return { record, signedInAt, ...namesIn(parts[2]) };
}

/** What the key of an account says of it: see `accountKey`. The home tenant is the one of all but guests. */
function saidBy(key: string): {
  readonly clientId: string;
  readonly authority: string;
  readonly homeAccountId: string;
  readonly tenantId: string;
} {
  const clientEnd = key.indexOf("|");
  const authorityEnd = key.indexOf("|", clientEnd + 1);
  return {
    clientId: key.slice(0, clientEnd),
    authority: key.slice(clientEnd + 1, authorityEnd),
    homeAccountId: key.slice(authorityEnd + 1),
    tenantId: key.slice(key.lastIndexOf(".") + 1),
  };
}
