/** The AES-256 key of one cache, and the id by which a file names it. */
export interface DataKey {
  /** 16 bytes as hex. */
  readonly id: string;
  /** 32 bytes. */
  readonly bytes: Buffer;
}

const { randomBytes } = process.getBuiltinModule("node:crypto");

const PREFIX = "entrada:1:";
const ID_LENGTH = 16;
const KEY_LENGTH = 32;

export function newDataKey(): DataKey {
  return { id: randomBytes(ID_LENGTH).toString("hex"), bytes: randomBytes(KEY_LENGTH) };
}

/** A data key as it stands in the platform's store. */
export function serializeDataKey(key: DataKey): string {
  return PREFIX + Buffer.concat([Buffer.from(key.id, "hex"), key.bytes]).toString("base64");
}

/** `undefined` for a text that is no data key of this version. */
export function parseDataKey(text: string): DataKey | undefined {
  if (!text.startsWith(PREFIX)) return undefined;
  const bytes = Buffer.from(text.slice(PREFIX.length), "base64");
  if (bytes.length !== ID_LENGTH + KEY_LENGTH) return undefined;
  return { id: bytes.toString("hex", 0, ID_LENGTH), bytes: bytes.subarray(ID_LENGTH) };
}
