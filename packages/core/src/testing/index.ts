export { describeFlow, type FlowSetup, type PersonAction } from "./describe-flow.ts";
export { describeTokenCacheStore, type TokenCacheStoreSetup } from "./describe-token-cache-store.ts";
export { memoryTokenCache } from "../cache/memory-token-cache.ts";
export { virtualClock, type VirtualClock } from "./virtual-clock.ts";
