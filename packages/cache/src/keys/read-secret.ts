import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { cacheError, systemCode } from "../cache-error.ts";
import type { CacheKey } from "./cache-key.ts";

/** What a key is made from, and how: what a person chose takes time to try, random bytes need none. */
export interface Secret {
  readonly bytes: Uint8Array;
  readonly how: "scrypt" | "hkdf";
  /** What it is called in a message. */
  readonly name: string;
}

const LEAST_LENGTH = 32;
const MAKE_ONE = "Make one with `head -c 32 /dev/urandom`";

/** @throws AuthenticationError `cache`, `cache_no_encryption` where there is none. */
export async function readSecret(key: Exclude<CacheKey, { readonly tpm: true }>): Promise<Secret> {
  if (key instanceof Uint8Array) return { bytes: key, how: "hkdf", name: "given `key`" };
  if ("passphrase" in key) {
    // The same passphrase typed on another machine may come in another form of the same letters.
    return { bytes: Buffer.from(key.passphrase.normalize("NFC")), how: "scrypt", name: "passphrase" };
  }
  if ("file" in key) {
    return { bytes: await randomBytesIn(key.file, "key file", MAKE_ONE), how: "hkdf", name: "key file" };
  }
  const { CREDENTIALS_DIRECTORY: folder } = process.env;
  const remedy = `Add \`LoadCredential=${key.systemdCredential}:PATH\` to the [Service] section of its unit`;
  if (!folder) {
    throw cacheError(
      "cache_no_encryption",
      "This process was given no systemd credentials: CREDENTIALS_DIRECTORY is not set",
      remedy,
    );
  }
  const name = `systemd credential ${key.systemdCredential}`;
  return { bytes: await randomBytesIn(join(folder, key.systemdCredential), name, remedy), how: "hkdf", name };
}

async function randomBytesIn(path: string, name: string, remedy: string): Promise<Uint8Array> {
  let bytes: Uint8Array;
  try {
    bytes = await readFile(path);
  } catch (error) {
    const code = systemCode(error);
    throw cacheError(
      "cache_no_encryption",
      `The ${name} could not be read${code ? ` (${code})` : ""}`,
      code === "ENOENT" ? remedy : "Make it readable for this user",
      error,
    );
  }
  if (bytes.length >= LEAST_LENGTH) return bytes;
  throw cacheError(
    "cache_no_encryption",
    `The ${name} has ${bytes.length} bytes: at least ${LEAST_LENGTH} random ones are needed`,
    MAKE_ONE,
  );
}
