import { createRequire } from "node:module";
import { parentPort, workerData } from "node:worker_threads";

interface EndingAddon {
  begin(id: number): Promise<unknown>;
  cancel(id: number): boolean;
}

// Whoever started this thread terminates it, at whatever point it has come to.
const { begin, cancel } = createRequire(import.meta.url)(workerData as string) as EndingAddon;
for (let round = 0; ; round += 1) {
  const ids = Array.from({ length: 50 }, (_, index) => round * 50 + index);
  const ends = ids.map((id) => begin(id).catch(() => {}));
  for (const id of ids.filter((each) => each % 7 === 0)) cancel(id);
  await Promise.race(ends);
  parentPort?.postMessage(round);
  await Promise.all(ends);
}
