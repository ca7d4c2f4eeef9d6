import type { KeyStore } from "../keys/key-store.ts";

const SERVICE = "Microsoft.Developer.IdentityService";
const ACCOUNT = "MSALCache";
const SCHEMA_OF_DOTNET = "msal.cache";

/**
 * The items of this platform's keyring that may hold a cache of this name, in the order in which they are looked for:
 * that of MSAL's extensions for Node.js (keytar), those of Python (azure-identity, `_persistent_cache.py`) and of .NET
 * (Azure.Identity, `Constants.cs`).
 */
export async function msalKeyStores(name: string): Promise<readonly KeyStore[]> {
  if (process.platform === "darwin") {
    const { keyringKeyStore } = await import("../keys/keyring-key-store.ts");
    return [ACCOUNT, name].map((account) => keyringKeyStore({ service: SERVICE, account }));
  }
  const { secretServiceKeyStore } = await import("../keys/secret-service/secret-service-key-store.ts");
  const item = { service: SERVICE, account: ACCOUNT };
  return [
    { ...item },
    { MsalClientID: SERVICE, "xdg:schema": name },
    { MsalClientID: SERVICE, "xdg:schema": SCHEMA_OF_DOTNET },
  ].map((attributes) => secretServiceKeyStore(item, { attributes }));
}
