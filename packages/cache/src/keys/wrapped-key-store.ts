import { createCipheriv, createDecipheriv, hkdfSync, randomBytes, scrypt } from "node:crypto";
import { cacheError } from "../cache-error.ts";
import type { WarningListener } from "../cache-warning.ts";
import type { CacheKey } from "./cache-key.ts";
import type { KeyStore } from "./key-store.ts";
import { readSecret, type Secret } from "./read-secret.ts";
import { systemdCreds } from "./systemd-creds.ts";

/** Where the wrapped key lies: beside what it opens. */
export interface KeyFile {
  read(): Promise<Buffer | undefined>;
  write(content: Buffer): Promise<void>;
  remove(): Promise<void>;
}

/*
 * The file is one line: "entrada-key:1:", how it is wrapped, ":", and base64. With "scrypt" and "hkdf" that is a salt of
 * 16 bytes, a nonce of 12, the data key under AES-256-GCM and its tag of 16; with "systemd-creds" what that program has
 * made of it.
 */
const FORMAT = /^entrada-key:1:(scrypt|hkdf|systemd-creds):([A-Za-z0-9+/=]+)\n?$/;
const SALT_LENGTH = 16;
const NONCE_LENGTH = 12;
const TAG_LENGTH = 16;
const CIPHER = "aes-256-gcm";
const PURPOSE = "entrada key file";
// 32 MB and less than a tenth of a second, once for a process; what somebody tries a guess with, too.
const SCRYPT = { N: 2 ** 15, r: 8, p: 1, maxmem: 64 * 1024 * 1024 };

/** Keeps the key of a cache in a file beside it, wrapped with what the application or its surroundings have. */
export function wrappedKeyStore(key: CacheKey, file: KeyFile, warn: WarningListener): KeyStore {
  const isTpm = "tpm" in key;
  return {
    read: async (signal) => {
      const content = (await file.read())?.toString("latin1");
      if (content === undefined) {
        // Before anybody signs in: whether there can be a key.
        await (isTpm ? systemdCreds.check(signal) : readSecret(key, warn));
        return undefined;
      }
      const [, how, base64 = ""] = FORMAT.exec(content) ?? [];
      if (how === undefined) throw notRead(content);
      if ((how === "systemd-creds") !== isTpm) throw wrappedOtherwise();
      if (isTpm) return systemdCreds.decrypt(base64, signal);
      const secret = await readSecret(key, warn);
      if (secret.how !== how) throw wrappedOtherwise();
      return unwrap(Buffer.from(base64, "base64"), secret);
    },
    write: async (text, signal) => {
      let how: string;
      let base64: string;
      if (isTpm) [how, base64] = ["systemd-creds", await systemdCreds.encrypt(text, signal)];
      else {
        const secret = await readSecret(key, warn);
        [how, base64] = [secret.how, (await wrap(text, secret)).toString("base64")];
      }
      await file.write(Buffer.from(`entrada-key:1:${how}:${base64}\n`));
    },
    remove: () => file.remove(),
  };
}

async function wrap(text: string, secret: Secret): Promise<Buffer> {
  const salt = randomBytes(SALT_LENGTH);
  const nonce = randomBytes(NONCE_LENGTH);
  const cipher = createCipheriv(CIPHER, await derive(secret, salt), nonce);
  return Buffer.concat([salt, nonce, cipher.update(text, "utf8"), cipher.final(), cipher.getAuthTag()]);
}

async function unwrap(wrapped: Buffer, secret: Secret): Promise<string> {
  const start = SALT_LENGTH + NONCE_LENGTH;
  if (wrapped.length < start + TAG_LENGTH) throw damaged();
  const key = await derive(secret, wrapped.subarray(0, SALT_LENGTH));
  const decipher = createDecipheriv(CIPHER, key, wrapped.subarray(SALT_LENGTH, start), {
    authTagLength: TAG_LENGTH,
  });
  decipher.setAuthTag(wrapped.subarray(-TAG_LENGTH));
  const text = decipher.update(wrapped.subarray(start, -TAG_LENGTH));
  try {
    decipher.final();
  } catch {
    // OpenSSL says no more than that the tag is wrong.
    throw notOpened(`The ${secret.name} does not open the key of the token cache`);
  }
  return text.toString("utf8");
}

function derive({ how, bytes }: Secret, salt: Buffer): Promise<Buffer> {
  if (how === "hkdf") return Promise.resolve(Buffer.from(hkdfSync("sha256", bytes, salt, PURPOSE, 32)));
  return new Promise((resolve, reject) => {
    scrypt(bytes, salt, 32, SCRYPT, (error, key) => (error ? reject(error) : resolve(key)));
  });
}

function wrappedOtherwise(): Error {
  return notOpened("The key of the token cache was protected with another form of `key`");
}

function notOpened(what: string): Error {
  return cacheError(
    "cache_unreadable",
    what,
    "Give the same `key` as before, or the same by ENTRADA_CACHE_KEY_FILE or ENTRADA_CACHE_PASSPHRASE; if that is lost, clear the cache and sign in again",
  );
}

function notRead(content: string): Error {
  if (!(Number(/^entrada-key:(\d+):/.exec(content)?.[1]) > 1)) return damaged();
  return cacheError(
    "cache_version",
    "The key of the token cache was written by a newer version of Entrada",
    "Update @entrada/cache here, or use another cache name",
  );
}

function damaged(): Error {
  return cacheError(
    "cache_unreadable",
    'The file "key" in the folder of the token cache is damaged',
    "Put it back as it was, or clear the cache and sign in again",
  );
}
