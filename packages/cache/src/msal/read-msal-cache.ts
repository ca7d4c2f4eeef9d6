import { check, type KnownNames } from "@entrada/core/credential";
import type { ReadMsalCacheOptions } from "./read-msal-cache-options.ts";

const OPTIONS: KnownNames<ReadMsalCacheOptions> = {
  name: true,
  directory: true,
  keyStore: true,
  unprotect: true,
};

/**
 * Reads the token cache that `@azure/identity`, azure-identity for Python, Azure.Identity for .NET or MSAL's extensions
 * keep on this machine, decrypted: MSAL's JSON as bytes, or `undefined` where there is none. Of several in a keyring it
 * is the first, in this order. It is only read: nothing is written, moved or locked, and nothing else
 * calls this.
 * @throws AuthenticationError `cache`: `cache_not_regular`, `cache_unreadable`, `cache_no_encryption`, or
 * `cache_corrupt` for what is no JSON object.
 */
export async function readMsalCache(options: ReadMsalCacheOptions = {}): Promise<Uint8Array | undefined> {
  check.names("options", options, OPTIONS);
  check.text("directory", options.directory);
  check.function("unprotect", options.unprotect);
  // Files and keyrings are loaded by who asks for them.
  const { msalCacheContent } = await import("./msal-cache-content.ts");
  return msalCacheContent(options);
}
