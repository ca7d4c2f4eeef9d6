// Holds the lock of a cache until its standard input ends: hold.mjs NAME
import { once } from "node:events";
import { openCache } from "./cache.mjs";

await openCache(process.argv[2]).withLock("an account", async () => {
  console.log("{}");
  process.stdin.resume();
  await once(process.stdin, "end");
});
