import { IncomingMessage, ServerResponse } from "node:http";
import { Socket } from "node:net";
import { expect, test } from "vitest";
import { entraResourceServer } from "../src/server.ts";

const GUID = "aaaabbbb-0000-4ccc-8111-dddd2222eeee";
const AT = "/.well-known/oauth-protected-resource";

/** Whether a server with this URL answers a request for its metadata there. */
function isServed(resource: string, url: string): boolean {
  const request = Object.assign(new IncomingMessage(new Socket()), { url, method: "GET" });
  const response = new ServerResponse(request);
  let isOthers = false;
  entraResourceServer({
    resource,
    tenantId: GUID,
    audience: GUID,
    scopes: "api://tools/Use",
  }).serveMetadata(request, response, () => (isOthers = true));
  return !isOthers && response.statusCode === 200;
}

test.each([
  ["https://tools.example", AT, true],
  ["https://tools.example/", AT, true],
  ["https://tools.example", `${AT}/`, true],
  ["https://tools.example/mcp", `${AT}/mcp`, true],
  ["https://tools.example/mcp", `${AT}/mcp/`, true],
  ["https://tools.example/mcp/", `${AT}/mcp`, true],
  ["https://tools.example/mcp/", `${AT}/mcp/`, true],
  ["https://tools.example/mcp?a=b", `${AT}/mcp?a=b`, true],
  ["https://tools.example/mcp", AT, false],
  ["https://tools.example/mcp", `${AT}/mcp/x`, false],
  ["https://tools.example/mcp", `${AT}/mcp//`, false],
  ["https://tools.example/mcp", "/mcp", false],
])("the metadata of %s at %s: %s", (resource, url, served) => {
  expect(isServed(resource, url)).toBe(served);
});
