// hold.ts DIRECTORY: takes the lock of the cache "test", says "held", and holds it until its input ends.
import { once } from "node:events";
import { fixedKeyStore } from "../support/fixed-key-store.ts";
import { openRecord } from "../support/open-record.ts";

const cache = openRecord({ name: "test", directory: process.argv[2]!, keyStore: fixedKeyStore });
await cache.withLock(async () => {
  console.log("held");
  process.stdin.resume();
  await once(process.stdin, "end");
});
