import type { DataKey } from "./data-key.ts";

const { createHash, createHmac } = process.getBuiltinModule("node:crypto");

const PURPOSE = "entrada record\0";
const LENGTH = 40;

/** What a record's file or place is called: without the data key nobody can tell whose it is, or try a name. */
export function recordName(key: DataKey | undefined, recordKey: string): string {
  const maker = key ? createHmac("sha256", key.bytes) : createHash("sha256");
  return maker.update(PURPOSE).update(recordKey).digest("hex").slice(0, LENGTH);
}

export function isRecordName(name: string): boolean {
  return name.length === LENGTH && /^[0-9a-f]+$/.test(name);
}
