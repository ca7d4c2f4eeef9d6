// shared-cache.mjs: signs in into a cache of its own, says the address, and stays until it is ended.
// shared-cache.mjs FOLDER: says that it is ready; when it is asked, gets a token of another resource from that cache.
import { createHash } from "node:crypto";
import { once } from "node:events";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { persistentTokenCache } from "@entrada/cache";
import { InteractiveBrowserCredential } from "@entrada/core";
import { fixedKeyStore } from "../../programs/fixed-key.mjs";

const [folder] = process.argv.slice(2);
const directory = folder ?? join(tmpdir(), "cache");
const say = (line) => console.log(JSON.stringify(line));
const credential = new InteractiveBrowserCredential({
  authorityHost: process.env.AUTHORITY,
  tokenCache: persistentTokenCache({ name: "limits", directory, keyStore: fixedKeyStore }),
  openBrowser: (url) => say({ url, folder: directory }),
});
if (folder === undefined) {
  await credential.getToken("https://management.azure.com/.default");
  say({ signedIn: true });
} else {
  say({ ready: true });
  await once(process.stdin, "data");
  const { token } = await credential.getToken("https://storage.azure.com/.default");
  say({ token: createHash("sha256").update(token).digest("hex") });
}
