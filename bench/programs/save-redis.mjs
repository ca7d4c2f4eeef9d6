// save-redis.mjs SOCKET FIRST COUNT: one person signs in so many times, number FIRST; says each time that it is saved.
// save-redis.mjs SOCKET fill COUNT: so many accounts are put into the cache.
import { redisTokenCache } from "@entrada/cache/redis";
import { createClient } from "redis";
import { KEY } from "./fixed-key.mjs";
import { say } from "./say.mjs";
import { fillWithCopies, signInEngine } from "./sign-in-engine.mjs";

const [path, first, count] = process.argv.slice(2);
const client = await createClient({ socket: { path, tls: false } }).connect();
const tokenCache = redisTokenCache({ client, name: "bench", key: KEY.bytes });
if (first === "fill") {
  await fillWithCopies(tokenCache, Number(count), 0);
} else {
  const engine = signInEngine(tokenCache);
  for (let save = 0; save < Number(count); save += 1) {
    await engine.signIn(Number(first));
    say("saved");
  }
}
process.exit();
