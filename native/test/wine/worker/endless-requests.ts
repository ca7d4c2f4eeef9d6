import { parentPort } from "node:worker_threads";
import { silent, transport } from "../fake-wam.ts";

// Whoever started this thread terminates it, at whatever point it has come to.
for (let round = 0; ; round += 1) {
  const answers = Array.from({ length: 50 }, () => transport.request(silent()));
  await Promise.race(answers);
  parentPort?.postMessage(round);
  await Promise.allSettled(answers);
}
