// Published for require() as well, though vitest, which it needs, refuses to be required. A test of a package of the
// CommonJS kind imports this, and vitest runs it as an ES module; but TypeScript takes that import for require(), and looks
// for declarations, and for what they declare, there. `npm run test:bundles` has such a test.
export { describeFlow, type FlowSetup, type PersonAction } from "./testing/describe-flow.ts";
export { describeTokenCacheStore } from "./testing/describe-token-cache-store.ts";
export type { TokenCacheStoreSetup } from "./testing/token-cache-store/store-setup.ts";
export { memoryTokenCache } from "./cache/memory-token-cache.ts";
export { virtualClock, type VirtualClock } from "./testing/virtual-clock.ts";
