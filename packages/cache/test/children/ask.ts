// Asks for one token with a cache that others share, and tells its parent what it does: what a person would see.
import { InteractiveBrowserCredential } from "@entrada/core";
import { persistentTokenCache } from "../../src/persistent-token-cache.ts";
import { fixedKeyStore } from "../support/fixed-key-store.ts";

const [authorityHost, directory] = process.argv.slice(2) as [string, string];

/** "window": a page was opened. "waits": another process asks the person. */
export type Told =
  | { readonly did: "window"; readonly url: string }
  | { readonly did: "waits" }
  | { readonly did: "has"; readonly token: string }
  | { readonly did: "failed"; readonly why: string };

const tell = (told: Told): void => void process.send!(told);
const credential = new InteractiveBrowserCredential({
  authorityHost,
  timeoutInMs: 50_000,
  tokenCache: persistentTokenCache({ name: "shared", directory, keyStore: fixedKeyStore }),
  openBrowser: (url) => tell({ did: "window", url }),
  onEvent: (event) => {
    if (event.type === "warning" && event.code === "signing_in_elsewhere") tell({ did: "waits" });
  },
});
try {
  const { token } = await credential.getToken("https://management.azure.com/.default");
  tell({ did: "has", token });
} catch (error) {
  tell({ did: "failed", why: String(error) });
}
process.disconnect();
