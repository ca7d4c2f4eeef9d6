// An MCP server over stdio, in a process of its own: its tool needs the person to sign in.
import { InteractiveBrowserCredential } from "@entrada/core";
import { McpServer } from "@modelcontextprotocol/sdk/server/mcp.js";
import { StdioServerTransport } from "@modelcontextprotocol/sdk/server/stdio.js";
import { tellClient } from "../src/index.ts";

const server = new McpServer({ name: "tools", version: "1.0.0" }, { capabilities: { logging: {} } });
const credential = new InteractiveBrowserCredential({
  disableInstanceDiscovery: true,
  // The person is told through the client, and opens the page there.
  openBrowser: () => {},
  onEvent: tellClient(server),
});
server.registerTool("subscription", { description: "Needs a token" }, async () => {
  const { expiresOnTimestamp } = await credential.getToken("https://management.azure.com/.default");
  return { content: [{ type: "text", text: expiresOnTimestamp > Date.now() ? "signed in" : "expired" }] };
});
await server.connect(new StdioServerTransport());
