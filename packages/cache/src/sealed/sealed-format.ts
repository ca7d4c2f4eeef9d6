import type { CipherGCM, DecipherGCM } from "node:crypto";
import { cacheError } from "../cache-error.ts";
import type { DataKey } from "./data-key.ts";

// An import would read every export of the module, and load Web Crypto to do so.
const { createDecipheriv, createHash, hash } = process.getBuiltinModule("node:crypto");

/*
 * Sealed content is a header of 64 bytes, the content, and a seal of 16 bytes. Numbers are big-endian.
 *
 *    0  8  magic
 *    8  2  version of the format
 *   10  1  cipher: 0 none, 1 AES-256-GCM
 *   11  1  0
 *   12 16  id of the data key; zeros without one
 *   28  8  generation: one more with each save
 *   36 12  nonce, new with each save: the GCM nonce, and what tells one save from any other
 *   48  8  length of the content
 *   56  8  the first bytes of the SHA-256 of all the above
 *
 * The seal is the GCM tag, with the header as additional data; without a cipher it is the first bytes of the SHA-256
 * of header and content, which shows damage but not tampering. A later version keeps magic, version and the place
 * and meaning of the last field, so that damaged content and newer content can be told apart.
 */
export const HEADER_LENGTH = 64;
export const SEAL_LENGTH = 16;
export const VERSION = 1;
export const MAGIC: Buffer = Buffer.from("ENTRADA\x1a", "latin1");
export const CHECKED_LENGTH = 56;
export const CIPHER = "aes-256-gcm";
// A token document of 10,000 accounts takes a tenth of this.
const LONGEST_CONTENT = 256 * 1024 * 1024;

export interface SealHeader {
  /** The id of the data key as hex; absent: the content is not encrypted. */
  readonly keyId?: string;
  readonly generation: bigint;
  /** The nonce as hex. */
  readonly writeId: string;
  readonly contentLength: number;
  readonly bytes: Buffer;
}

/**
 * @throws AuthenticationError `cache`: `cache_corrupt`, or `cache_version` for that of a newer Entrada, which is to be left
 * alone.
 */
export function parseHeader(bytes: Buffer): SealHeader {
  if (!bytes.subarray(0, 8).equals(MAGIC)) throw damaged();
  // Of one that was cut short the check is, too.
  if (!checkOf(bytes).equals(bytes.subarray(CHECKED_LENGTH, HEADER_LENGTH))) throw damaged();
  if (bytes.readUInt16BE(8) > VERSION) {
    throw cacheError(
      "cache_version",
      "The token cache was written by a newer version of Entrada",
      "Update @entrada/cache here, or use another cache name",
    );
  }
  const cipher = bytes.readUInt8(10);
  const contentLength = bytes.readBigUInt64BE(48);
  if (bytes.readUInt16BE(8) !== VERSION || cipher > 1 || contentLength > LONGEST_CONTENT) throw damaged();
  return {
    ...(cipher === 1 ? { keyId: bytes.toString("hex", 12, 28) } : {}),
    generation: bytes.readBigUInt64BE(28),
    writeId: bytes.toString("hex", 36, 48),
    contentLength: Number(contentLength),
    bytes: Buffer.from(bytes.subarray(0, HEADER_LENGTH)),
  };
}

/** The length of it all. */
export function sealedLength(header: SealHeader): number {
  return HEADER_LENGTH + header.contentLength + SEAL_LENGTH;
}

/**
 * The content of what follows the header.
 * @throws AuthenticationError `cache`, `cache_corrupt` when a single bit is not as it was sealed.
 */
export function unseal(header: SealHeader, rest: Buffer, key: DataKey | undefined): Uint8Array {
  if (rest.length !== header.contentLength + SEAL_LENGTH) throw damaged();
  const content = rest.subarray(0, header.contentLength);
  const tag = rest.subarray(header.contentLength);
  if (!key) {
    if (!plainSeal(header.bytes, content).equals(tag)) throw damaged();
    return content;
  }
  const nonce = Buffer.from(header.writeId, "hex");
  const decipher = createDecipheriv(CIPHER, key.bytes, nonce, { authTagLength: SEAL_LENGTH });
  coverHeader(decipher, header.bytes).setAuthTag(tag);
  const opened = decipher.update(content);
  try {
    decipher.final();
  } catch {
    // OpenSSL says no more than that the tag is wrong.
    throw damaged();
  }
  return opened;
}

/** Makes the seal one of the header, too: with another header the content does not open. */
export function coverHeader<T extends CipherGCM | DecipherGCM>(cipher: T, header: Buffer): T {
  cipher.setAAD(header);
  return cipher;
}

function damaged(): Error {
  return cacheError(
    "cache_corrupt",
    "Content of the token cache is damaged",
    "It is put aside: sign in again",
  );
}

/** The last field of a header. */
export function checkOf(header: Buffer): Buffer {
  return hash("sha256", header.subarray(0, CHECKED_LENGTH), "buffer").subarray(
    0,
    HEADER_LENGTH - CHECKED_LENGTH,
  );
}

/** The seal where there is no key. */
export function plainSeal(header: Buffer, content: Uint8Array): Buffer {
  return createHash("sha256").update(header).update(content).digest().subarray(0, SEAL_LENGTH);
}
