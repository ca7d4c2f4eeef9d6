/**
 * What the key of a cache is protected with where no keyring is to be asked: 32 random bytes, a passphrase, a file or a
 * systemd credential with at least 32 random bytes in it, or this machine's TPM.
 */
export type CacheKey =
  | Uint8Array
  | { passphrase: string }
  | { file: string }
  | { systemdCredential: string }
  | { tpm: true };

/** What is expected, in words. */
export const CACHE_KEY_FORMS =
  'one of a Uint8Array of 32 bytes, { passphrase: "..." }, { file: "..." }, { systemdCredential: "..." } and { tpm: true }';

const KEY_LENGTH = 32;
const TEXTS: ReadonlySet<unknown> = new Set(["passphrase", "file", "systemdCredential"]);

export function isCacheKey(value: unknown): value is CacheKey {
  if (value instanceof Uint8Array) return value.length === KEY_LENGTH;
  if (typeof value !== "object" || value === null) return false;
  const [[form, content] = [], ...others] = Object.entries(value);
  if (others.length > 0) return false;
  if (form === "tpm") return content === true;
  // A credential's name is that of a file in one folder.
  if (form === "systemdCredential" && !/^(?!\.\.?$)[\w.-]+$/.test(String(content))) return false;
  return TEXTS.has(form) && typeof content === "string" && content !== "" && !content.includes("\0");
}
