// A program with an MCP client of its own, over the token cache of the machine. Whoever started it is the person's screen:
// it is told each page that the person should see, and when to call.
import { once } from "node:events";
import { persistentTokenCache } from "@entrada/cache";
import { InteractiveBrowserCredential } from "@entrada/core";
import { Client } from "@modelcontextprotocol/sdk/client/index.js";
import { StreamableHTTPClientTransport } from "@modelcontextprotocol/sdk/client/streamableHttp.js";
import { withEntra } from "../src/index.ts";

/** What it tells. */
export type Told =
  | { readonly type: "ready" }
  | { readonly type: "page"; readonly url: string }
  | { readonly type: "signing_in_elsewhere" }
  | { readonly type: "answer"; readonly text: string };

const [server = "", scopes = "", directory = ""] = process.argv.slice(2);
const tell = (told: Told): void => void process.send?.(told);
const serverUrl = new URL(server);
const credential = new InteractiveBrowserCredential({
  disableInstanceDiscovery: true,
  tokenCache: persistentTokenCache({ name: "tools", directory, key: { passphrase: "of a test" } }),
  openBrowser: (url) => tell({ type: "page", url }),
  onEvent: (event) => {
    if (event.type === "warning" && event.code === "signing_in_elsewhere")
      tell({ type: "signing_in_elsewhere" });
  },
});
const client = new Client({ name: "program", version: "1.0.0" });

tell({ type: "ready" });
await once(process, "message");
// Whoever connects has a token already: the server answers nobody else.
const entra = withEntra({ serverUrl, credential, scopes });
await client.connect(new StreamableHTTPClientTransport(serverUrl, { fetch: entra(fetch) }) as never);
const { content } = await client.callTool({ name: "whoami" });
await client.close();
tell({ type: "answer", text: (content as { text: string }[])[0]?.text ?? "" });
process.disconnect();
