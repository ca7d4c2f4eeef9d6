import type { Work } from "../work.ts";
import { growth } from "./growth.ts";
import { oneAccount } from "./one-account.ts";
import { redisTraffic } from "./redis-traffic.ts";
import { writers } from "./writers.ts";

/** What a cache that processes share costs: as it grows, to writers at once, and over a network. */
export const persistedCache: Work = {
  name: "persisted-cache",
  measure: async (stage) => [
    ...(await growth(stage)),
    ...(await writers(stage)),
    ...(await oneAccount(stage)),
    ...(await redisTraffic(stage)),
  ],
};
