// Says what comes of asking for the lock of a cache: want.mjs NAME LIMIT-IN-MS
import { openCache } from "./cache.mjs";

const [, , name, limit] = process.argv;
const cache = openCache(name, { lockTimeoutInMs: Number(limit) });
const outcome = await cache
  .withLock("an account", async () => "free")
  .catch((error) => error.detail ?? error.message);
console.log(JSON.stringify({ outcome }));
