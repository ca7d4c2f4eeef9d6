import { join, resolve } from "node:path";
import { printable } from "@entrada/core/credential";
import { cacheError } from "../cache-error.ts";
import type { WarningListener } from "../cache-warning.ts";
import type { CacheKey } from "./cache-key.ts";
import { makeKeyFile } from "./make-key-file.ts";
import { readKeyFile } from "./read-key-file.ts";

/** What a key is made from, and how: what a person chose takes time to try, random bytes need none. */
export interface Secret {
  readonly bytes: Uint8Array;
  readonly how: "scrypt" | "hkdf";
  /** What it is called in a message. */
  readonly name: string;
}

// What stands for a character that could not be read.
const UNREADABLE = String.fromCodePoint(0xfffd);

/**
 * @param warn - is told of a key file that others can read, too
 * @throws AuthenticationError `cache`, `cache_no_encryption` where there is none.
 */
export async function readSecret(
  key: Exclude<CacheKey, { readonly tpm: true }>,
  warn: WarningListener,
): Promise<Secret> {
  if (key instanceof Uint8Array) return { bytes: key, how: "hkdf", name: "given `key`" };
  if ("passphrase" in key)
    return { bytes: passphraseBytes(key.passphrase), how: "scrypt", name: "passphrase" };
  if ("file" in key) {
    // In full: a relative path means another file in every folder.
    const path = resolve(key.file);
    const name = `key file ${printable(path)}`;
    const remedy = `Make one with ${makeKeyFile()}, and name it by \`key\` or ENTRADA_CACHE_KEY_FILE`;
    return { bytes: await readKeyFile({ path, name, remedy, warn }), how: "hkdf", name };
  }
  const { CREDENTIALS_DIRECTORY: folder } = process.env;
  const remedy = `Add \`LoadCredential=${key.systemdCredential}:PATH\` to the [Service] section of its unit, with the path of a key file: ${makeKeyFile()}`;
  if (!folder) {
    throw cacheError(
      "cache_no_encryption",
      "This process was given no systemd credentials: CREDENTIALS_DIRECTORY is not set",
      remedy,
    );
  }
  const name = `systemd credential ${key.systemdCredential}`;
  return {
    bytes: await readKeyFile({ path: join(folder, key.systemdCredential), name, remedy }),
    how: "hkdf",
    name,
  };
}

/** The same passphrase typed on another machine may come in another form of the same letters. */
function passphraseBytes(passphrase: string): Uint8Array {
  const bytes = Buffer.from(passphrase.normalize("NFC"));
  // Of what cannot be read each character becomes the same one, and so would open what another has closed.
  if (!bytes.includes(UNREADABLE)) return bytes;
  throw cacheError(
    "cache_no_encryption",
    "The passphrase has characters that could not be read: it is not in UTF-8",
    "Give it in UTF-8, or take a key file instead",
  );
}
