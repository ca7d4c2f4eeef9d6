import { IncomingMessage, ServerResponse } from "node:http";
import { Socket } from "node:net";
import { expect, test } from "vitest";
import { entraResourceServer } from "../src/server.ts";

const GUID = "aaaabbbb-0000-4ccc-8111-dddd2222eeee";
const AT = "/.well-known/oauth-protected-resource";

/** What a server with this URL answers to a request there; undefined: it leaves it to others. */
function answerOf(resource: string, url: string, method = "GET"): ServerResponse | undefined {
  const request = Object.assign(new IncomingMessage(new Socket()), { url, method });
  const response = new ServerResponse(request);
  let isOthers = false;
  entraResourceServer({
    resource,
    tenantId: GUID,
    audience: GUID,
    scopes: "api://tools/Use",
  }).serveMetadata(request, response, () => (isOthers = true));
  return isOthers ? undefined : response;
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
  expect(answerOf(resource, url)?.statusCode === 200).toBe(served);
});

test.each([
  ["GET", 200],
  ["HEAD", 200],
  // What a page of another origin asks before it may send a header of its own, as the SDK does in a browser.
  ["OPTIONS", 204],
  ["POST", undefined],
])("a request by %s for the metadata: %s", (method, status) => {
  const answer = answerOf("https://tools.example/mcp", `${AT}/mcp`, method);
  expect(answer?.statusCode).toBe(status);
  if (answer) expect(answer.getHeader("access-control-allow-origin")).toBe("*");
  expect(answer?.getHeader("access-control-allow-headers")).toBe(method === "OPTIONS" ? "*" : undefined);
});
