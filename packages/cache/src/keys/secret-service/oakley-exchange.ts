import {
  createDiffieHellman,
  createPublicKey,
  diffieHellman,
  generateKeyPairSync,
  type KeyPairKeyObjectResult,
} from "node:crypto";
import { BIT_STRING, element, elements, INTEGER, SEQUENCE, signed, unsigned } from "./der-elements.ts";

/** One side of a Diffie-Hellman exchange in RFC 2409's Second Oakley Group; numbers are big-endian. */
export interface OakleyExchange {
  readonly publicNumber: Uint8Array;
  sharedSecret(theirPublicNumber: Uint8Array): Buffer;
}

/** A side of its own for each exchange. */
export function oakleyExchange(byKeyPair: () => OakleyExchange = exchangeByKeyPair): OakleyExchange {
  try {
    return byKeyPair();
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
export function exchangeByKeyPair(): OakleyExchange {
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
