import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { McpServer } from "@modelcontextprotocol/sdk/server/mcp.js";
import { StreamableHTTPServerTransport } from "@modelcontextprotocol/sdk/server/streamableHttp.js";
import type { AuthInfo } from "@modelcontextprotocol/sdk/server/auth/types.js";
import { entraResourceServer } from "../src/server.ts";
import type { EntraResourceServerOptions } from "../src/server.ts";

/** Whose access tokens the server takes, as the emulator knows it. */
export const API = {
  uri: "api://tools",
  appId: "3f1b2c4d-0000-4000-8000-00000000a001",
  name: "Tools",
  scopes: ["Tools.Use"],
  tokenVersion: 2 as const,
};

/** A real MCP server over streamable HTTP, whose one tool says who calls. */
export interface ToolServer extends AsyncDisposable {
  readonly url: URL;
  /** The statuses of the answers to requests at the server's URL, in order. */
  readonly statuses: readonly number[];
}

export async function startToolServer(
  options: (url: URL) => Omit<EntraResourceServerOptions, "resource">,
): Promise<ToolServer> {
  const server = createServer();
  await listening(server);
  const url = new URL(`http://localhost:${(server.address() as AddressInfo).port}/mcp`);
  const entra = entraResourceServer({ ...options(url), resource: url });
  const statuses: number[] = [];
  server.on("request", (request, response) => {
    entra.serveMetadata(request, response, () => {
      response.on("finish", () => statuses.push(response.statusCode));
      void entra.requireToken(request, response, () => {
        void answer(request as typeof request & { auth?: AuthInfo }, response);
      });
    });
  });
  return {
    url,
    statuses,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

// Without sessions: a server and a transport for each request, as the SDK's documentation has it.
async function answer(
  request: Parameters<StreamableHTTPServerTransport["handleRequest"]>[0],
  response: Parameters<StreamableHTTPServerTransport["handleRequest"]>[1],
): Promise<void> {
  const server = new McpServer({ name: "tools", version: "1.0.0" });
  server.registerTool("whoami", { description: "Says who calls" }, ({ authInfo }) => ({
    content: [{ type: "text", text: String(authInfo?.extra?.["username"]) }],
  }));
  const transport = new StreamableHTTPServerTransport({
    sessionIdGenerator: undefined as never,
    enableJsonResponse: true,
  });
  await server.connect(transport as never);
  await transport.handleRequest(request, response);
  await server.close();
}

function listening(server: Server): Promise<void> {
  return new Promise((resolve) => server.listen(0, "localhost", () => resolve()));
}
