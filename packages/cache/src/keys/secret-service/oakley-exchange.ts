import {
  createPublicKey,
  diffieHellman,
  generateKeyPairSync,
  type KeyPairKeyObjectResult,
} from "node:crypto";

/** One side of a Diffie-Hellman exchange in RFC 2409's Second Oakley Group; numbers are big-endian. */
export interface OakleyExchange {
  readonly publicNumber: Uint8Array;
  sharedSecret(theirPublicNumber: Uint8Array): Buffer;
}

const SEQUENCE = 0x30;
const INTEGER = 0x02;
const BIT_STRING = 0x03;

/**
 * Node's `createDiffieHellmanGroup` proves the group's prime anew each time, 40 ms; its key pairs do not, but take
 * and give public keys only as RFC 5280's SubjectPublicKeyInfo.
 */
export function oakleyExchange(): OakleyExchange {
  const { privateKey, publicKey } = generateDhKeyPairSync("dh", { group: "modp2" });
  const [info] = elements(publicKey.export({ format: "der", type: "spki" }));
  const [algorithm, bits] = elements(info!.content);
  const [number] = elements(bits!.content.subarray(1));
  return {
    publicNumber: unsigned(number!.content),
    sharedSecret(theirs) {
      const integer = element(INTEGER, signed(unsigned(Buffer.from(theirs))));
      const key = element(SEQUENCE, algorithm!.whole, element(BIT_STRING, Buffer.alloc(1), integer));
      return diffieHellman({ privateKey, publicKey: createPublicKey({ key, format: "der", type: "spki" }) });
    },
  };
}

// Node documents "dh" and its `group` here; its type definitions do not know them.
const generateDhKeyPairSync = generateKeyPairSync as unknown as (
  type: "dh",
  options: { readonly group: string },
) => KeyPairKeyObjectResult;

interface DerElement {
  readonly whole: Buffer;
  readonly content: Buffer;
}

function elements(bytes: Buffer): DerElement[] {
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

function element(tag: number, ...parts: readonly Uint8Array[]): Buffer {
  const content = Buffer.concat(parts);
  const { length } = content;
  // DER wants the shortest form; nothing here is longer than 64 KiB.
  const head =
    length < 0x80 ? [length] : length < 0x100 ? [0x81, length] : [0x82, length >> 8, length & 0xff];
  return Buffer.concat([Buffer.from([tag, ...head]), content]);
}

/** With a zero before it, where the first bit would make it negative. */
function signed(number: Buffer): Buffer {
  return number.readUInt8() < 0x80 ? number : Buffer.concat([Buffer.alloc(1), number]);
}

/** Without leading zeros. */
function unsigned(number: Buffer): Buffer {
  const start = number.findIndex((byte) => byte !== 0);
  return number.subarray(Math.max(start, 0));
}
