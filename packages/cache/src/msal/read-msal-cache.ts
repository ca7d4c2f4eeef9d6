import type { KeyStore } from "../keys/key-store.ts";
import type { UnprotectData } from "./unprotect-data.ts";

export interface ReadMsalCacheOptions {
  /**
   * The name of the cache file. `@azure/identity` adds ".cae" or ".nocae" to the name it was given, by whether its
   * tokens support Continuous Access Evaluation. In the Keychain and the Secret Service it keeps one item for all.
   * @defaultValue "msal.cache.nocae"
   */
  readonly name?: string | undefined;
  /**
   * The folder of the file.
   * @defaultValue the one that `@azure/identity-cache-persistence` uses: `.IdentityService` in the local application
   * data on Windows, and in the home folder elsewhere
   */
  readonly directory?: string | undefined;
  /**
   * The item of the keyring; `undefined` for none.
   * @defaultValue the one that the MSAL extensions write
   */
  readonly keyStore?: KeyStore | undefined;
  /** Opens what Windows' Data Protection API has sealed for this user. */
  readonly unprotect?: UnprotectData | undefined;
}

/**
 * Reads the token cache that `@azure/identity` or MSAL's extensions keep on this machine, decrypted: MSAL's JSON as
 * bytes, or `undefined` where there is none. It is only read: nothing is written, moved or locked, and nothing else
 * calls this.
 * @throws AuthenticationError `cache`: `cache_not_regular`, `cache_unreadable`, `cache_no_encryption`, or
 * `cache_corrupt` for what is no JSON object.
 */
export async function readMsalCache(options: ReadMsalCacheOptions = {}): Promise<Uint8Array | undefined> {
  // Files and keyrings are loaded by who asks for them.
  const { msalCacheContent } = await import("./msal-cache-content.ts");
  return msalCacheContent(options);
}
