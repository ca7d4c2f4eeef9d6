export { describeFlow, type FlowSetup, type PersonAction } from "./testing/describe-flow.ts";
export { describeTokenCacheStore, type TokenCacheStoreSetup } from "./testing/describe-token-cache-store.ts";
export { memoryTokenCache } from "./cache/memory-token-cache.ts";
export { virtualClock, type VirtualClock } from "./testing/virtual-clock.ts";
