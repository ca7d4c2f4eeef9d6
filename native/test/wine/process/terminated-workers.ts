// Terminates worker threads while their operations end, each at another point, and ends by itself.
import { startWorker } from "../environment.ts";

const WORKERS = 12;
const PER_TIME = 2;

async function terminated(afterRounds: number): Promise<void> {
  const worker = startWorker("endless-requests.ts");
  await new Promise<void>((resolve) => {
    worker.on("message", (round: number) => {
      if (round >= afterRounds) resolve();
    });
  });
  await worker.terminate();
}

for (let started = 0; started < WORKERS; started += PER_TIME) {
  const turns = Array.from({ length: PER_TIME }, (_, index) => terminated((started + index) % 4));
  await Promise.all(turns);
}
console.log(WORKERS);
