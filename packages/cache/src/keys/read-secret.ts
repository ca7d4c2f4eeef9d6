import { constants } from "node:fs";
import { open } from "node:fs/promises";
import { join, resolve } from "node:path";
import { printable } from "@entrada/core/credential";
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
// No key is that long; who names another file by mistake is told at once.
const GREATEST_LENGTH = 1024 * 1024;
const MAKE_ONE = "Make one with `head -c 32 /dev/urandom`";

/** @throws AuthenticationError `cache`, `cache_no_encryption` where there is none. */
export async function readSecret(key: Exclude<CacheKey, { readonly tpm: true }>): Promise<Secret> {
  if (key instanceof Uint8Array) return { bytes: key, how: "hkdf", name: "given `key`" };
  if ("passphrase" in key) {
    // The same passphrase typed on another machine may come in another form of the same letters.
    return { bytes: Buffer.from(key.passphrase.normalize("NFC")), how: "scrypt", name: "passphrase" };
  }
  if ("file" in key) {
    // In full: a relative path means another file in every folder.
    const path = resolve(key.file);
    const bytes = await randomBytesIn(path, `key file ${printable(path)}`, MAKE_ONE);
    return { bytes, how: "hkdf", name: "key file" };
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
  const bytes = await readRegularFile(path).catch((error: unknown) => {
    const code = systemCode(error);
    throw cacheError(
      "cache_no_encryption",
      `The ${name} could not be read${code ? ` (${code})` : ""}`,
      code === "ENOENT" ? remedy : "Make it readable for this user",
      error,
    );
  });
  if (bytes === undefined)
    throw cacheError("cache_no_encryption", `The ${name} is no regular file of at most 1 MB`, remedy);
  if (bytes.length >= LEAST_LENGTH) return bytes;
  throw cacheError(
    "cache_no_encryption",
    `The ${name} has ${bytes.length} bytes: at least ${LEAST_LENGTH} random ones are needed`,
    MAKE_ONE,
  );
}

/** Undefined for a folder, a device or a pipe, whose bytes may never come or never end, and for what is far too long. */
async function readRegularFile(path: string): Promise<Uint8Array | undefined> {
  // A pipe that nobody writes to would keep the process from ending. Windows has neither such pipes nor the flag.
  const file = await open(path, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0));
  try {
    const about = await file.stat();
    return about.isFile() && about.size <= GREATEST_LENGTH ? await file.readFile() : undefined;
  } finally {
    await file.close();
  }
}
