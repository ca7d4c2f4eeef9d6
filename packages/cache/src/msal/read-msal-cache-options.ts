import type { KeyStore } from "../keys/key-store.ts";
import type { UnprotectData } from "./unprotect-data.ts";

export interface ReadMsalCacheOptions {
  /**
   * The name of the cache file. `@azure/identity` adds ".cae" or ".nocae" to the name it was given, by whether its
   * tokens support Continuous Access Evaluation; so do azure-identity for Python and Azure.Identity for .NET. In the
   * Keychain and the Secret Service Node.js keeps one item for all, Python one for each name, and .NET one for each name
   * in the Keychain and one for all in the Secret Service.
   * @defaultValue "msal.cache.nocae"
   */
  name?: string | undefined;
  /**
   * The folder of the file.
   * @defaultValue the one that `@azure/identity-cache-persistence` uses: `.IdentityService` in the local application
   * data on Windows, and in the home folder elsewhere. An unencrypted cache of .NET on Linux is in
   * `~/.local/share/.IdentityService`.
   */
  directory?: string | undefined;
  /**
   * The item of the keyring; `undefined` for none.
   * @defaultValue the one that the MSAL extensions write
   */
  keyStore?: KeyStore | undefined;
  /** Opens what Windows' Data Protection API has sealed for this user. */
  unprotect?: UnprotectData | undefined;
}
