/** The blocks that cannot be run here, and why. */
export const blocksNotRun: Readonly<Record<string, string>> = {
  "docs/electron.md: The main process":
    "It needs Electron, which is not installed here. The credential that it imports is run.",
  "docs/testing-with-the-emulator.md: External ID, AD FS, national clouds":
    "A piece of a test. packages/guarantees/test/authority-shapes.test.ts signs in to each of them.",
  "packages/auto/README.md: Example":
    "What it does depends on the machine. packages/auto/test signs in by every way on every kind of machine.",
  "docs/calling-an-api.md: Call an API without the SDK":
    "Node.js's own fetch goes to Microsoft Graph itself. The token it sends is got by many of the other blocks.",
  "docs/calling-an-api.md: A claims challenge":
    "Node.js's own fetch goes to Microsoft Graph itself. packages/mcp/test/streamable-http.test.ts answers a challenge so.",
  "docs/several-accounts.md: Several accounts (2)":
    "Two people sign in, and this reader is one. packages/core/src/engine/token-engine.test.ts has forcePrompt.",
  "packages/mcp/README.md: Example":
    "It needs an MCP server on the internet. packages/mcp/test/streamable-http.test.ts runs the same against one on this machine.",
  "packages/mcp/README.md: A server over HTTP":
    "It serves until it is ended. packages/mcp/test/streamable-http.test.ts runs the same handlers under the SDK's real client.",
  "packages/mcp/README.md: A server over stdio":
    "It serves until its client ends it. packages/mcp/test/stdio.test.ts runs the same under the SDK's real client.",
  "packages/cache/README.md: Several machines: Redis or Valkey":
    "It needs a Redis server. packages/cache/test/redis-token-cache.test.ts runs the same on one, where there is one.",
};
