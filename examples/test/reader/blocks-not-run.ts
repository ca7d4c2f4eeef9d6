/** The blocks that cannot be run here, and why. */
export const blocksNotRun: Readonly<Record<string, string>> = {
  "docs/electron.md: The main process":
    "It needs Electron, which is not installed here. The credential that it imports is run.",
  "packages/cache/README.md: Several machines: Redis or Valkey":
    "It needs a Redis server. packages/cache/test/redis-token-cache.test.ts runs the same on one, where there is one.",
};
