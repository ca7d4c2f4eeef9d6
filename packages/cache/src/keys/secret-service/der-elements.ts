export const SEQUENCE = 0x30;
export const INTEGER = 0x02;
export const BIT_STRING = 0x03;

/** One of a row of values in DER (ITU-T X.690), as far as a public key is made of them. */
export interface DerElement {
  readonly whole: Buffer;
  readonly content: Buffer;
}

/** The elements that stand here one after the other. */
export function elements(bytes: Buffer): DerElement[] {
  const found: DerElement[] = [];
  for (let at = 0; at < bytes.length;) {
    const first = bytes.readUInt8(at + 1);
    const lengthBytes = first < 0x80 ? 0 : first & 0x7f;
    const start = at + 2 + lengthBytes;
    const end = start + (lengthBytes === 0 ? first : bytes.readUIntBE(at + 2, lengthBytes));
    found.push({ whole: bytes.subarray(at, end), content: bytes.subarray(start, end) });
    at = end;
  }
  return found;
}

/** One element with this content. */
export function element(tag: number, ...parts: readonly Uint8Array[]): Buffer {
  const content = Buffer.concat(parts);
  const { length } = content;
  // DER wants the shortest form; nothing here is longer than 64 KiB.
  const head =
    length < 0x80 ? [length] : length < 0x100 ? [0x81, length] : [0x82, length >> 8, length & 0xff];
  return Buffer.concat([Buffer.from([tag, ...head]), content]);
}

/** An integer's content: with a zero before it, where the first bit would make it negative. */
export function signed(number: Buffer): Buffer {
  return number.readUInt8() < 0x80 ? number : Buffer.concat([Buffer.alloc(1), number]);
}

/** Without leading zeros. */
export function unsigned(number: Buffer): Buffer {
  const start = number.findIndex((byte) => byte !== 0);
  return number.subarray(Math.max(start, 0));
}
