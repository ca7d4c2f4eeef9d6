import { invalidOption } from "@entrada/core/credential";

const ALLOWED = /^[A-Za-z0-9_-][A-Za-z0-9._-]{0,63}$/;
// Windows opens a device for these, whatever extension follows.
const DEVICE = /^(?:con|prn|aux|nul|com[0-9]|lpt[0-9])(?:\.|$)/i;

/**
 * A cache's name is part of a file's name and of an item in the keyring, on every platform alike.
 * @throws TypeError with detail "invalid_cache_name".
 */
export function checkCacheName(name: unknown): string {
  if (typeof name === "string" && ALLOWED.test(name) && !DEVICE.test(name)) return name;
  throw invalidOption(
    "name",
    "1 to 64 letters, digits, dots, underscores or hyphens, without a leading dot, and no Windows device name",
    name ?? null,
    "invalid_cache_name",
  );
}
