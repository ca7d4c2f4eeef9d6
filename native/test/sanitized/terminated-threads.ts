// Terminates threads while their operations end, each at another point, and ends by itself: ADDON THREADS
import { Worker } from "node:worker_threads";

const [addon, threads] = process.argv.slice(2);
const AT_ONCE = 4;

async function terminated(afterRounds: number): Promise<void> {
  const thread = new Worker(new URL("ending-thread.ts", import.meta.url), { workerData: addon });
  await new Promise<void>((resolve, reject) => {
    thread.once("error", reject);
    thread.on("message", (round: number) => {
      if (round >= afterRounds) resolve();
    });
  });
  await thread.terminate();
}

let started = 0;
for (; started < Number(threads); started += AT_ONCE)
  await Promise.all(Array.from({ length: AT_ONCE }, (_, at) => terminated((started + at) % 5)));
console.log(`${started} threads`);
