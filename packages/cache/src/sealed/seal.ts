import type { DataKey } from "./data-key.ts";
import {
  CHECKED_LENGTH,
  checkOf,
  CIPHER,
  coverHeader,
  HEADER_LENGTH,
  MAGIC,
  parseHeader,
  plainSeal,
  SEAL_LENGTH,
  VERSION,
  type SealHeader,
} from "./sealed-format.ts";

const { createCipheriv, randomBytes } = process.getBuiltinModule("node:crypto");

/** The sealed content, in parts one after the other. Without a key the content stands in it as it is. */
export function seal(
  content: Uint8Array,
  key: DataKey | undefined,
  generation: bigint,
): { readonly header: SealHeader; readonly sealed: readonly Uint8Array[] } {
  const head = Buffer.alloc(HEADER_LENGTH);
  MAGIC.copy(head);
  head.writeUInt16BE(VERSION, 8);
  head.writeUInt8(key ? 1 : 0, 10);
  if (key) head.write(key.id, 12, "hex");
  head.writeBigUInt64BE(BigInt.asUintN(64, generation), 28);
  const nonce = randomBytes(12);
  nonce.copy(head, 36);
  head.writeBigUInt64BE(BigInt(content.length), 48);
  checkOf(head).copy(head, CHECKED_LENGTH);
  const header = parseHeader(head);
  if (!key) {
    return { header, sealed: [head, content, plainSeal(head, content)] };
  }
  const cipher = createCipheriv(CIPHER, key.bytes, nonce, { authTagLength: SEAL_LENGTH });
  coverHeader(cipher, head);
  const parts = [head, cipher.update(content), cipher.final()];
  return { header, sealed: [...parts, cipher.getAuthTag()] };
}
