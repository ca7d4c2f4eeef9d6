import {
  createDiffieHellman,
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

/** A side of its own for each exchange. */
export function oakleyExchange(): OakleyExchange {
  try {
    return exchangeByKeyPair();
  } catch (error) {
    // Bun and Deno do not know this group by its name.
    if ((error as { code?: unknown }).code !== "ERR_CRYPTO_UNKNOWN_DH_GROUP") throw error;
    return exchangeByPrime();
  }
}

/**
 * Node's `createDiffieHellman` proves the prime anew each time, 40 ms; its key pairs do not, but take and give public
 * keys only as RFC 5280's SubjectPublicKeyInfo.
 */
function exchangeByKeyPair(): OakleyExchange {
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

/** The same where the runtime has to be told the group's numbers. */
export function exchangeByPrime(): OakleyExchange {
  const ours = createDiffieHellman(PRIME, "hex", GENERATOR);
  const publicNumber = unsigned(ours.generateKeys());
  return {
    publicNumber,
    sharedSecret(theirs) {
      const secret = ours.computeSecret(theirs);
      // As long as the prime, whatever the runtime makes of zeros at its beginning.
      return Buffer.concat([Buffer.alloc(PRIME.length / 2 - secret.length), secret]);
    },
  };
}

/** RFC 2409, section 6.2: 2^1024 - 2^960 - 1 + 2^64 * { [2^894 pi] + 129093 } */
const PRIME = [
  "ffffffffffffffffc90fdaa22168c234c4c6628b80dc1cd129024e088a67cc74020bbea63b139b22514a08798e3404dd",
  "ef9519b3cd3a431b302b0a6df25f14374fe1356d6d51c245e485b576625e7ec6f44c42e9a637ed6b0bff5cb6f406b7ed",
  "ee386bfb5a899fa5ae9f24117c4b1fe649286651ece65381ffffffffffffffff",
].join("");
const GENERATOR = 2;

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
