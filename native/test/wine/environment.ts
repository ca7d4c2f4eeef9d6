import { once } from "node:events";
import { SHARE_ENV, Worker } from "node:worker_threads";
import type { WamTransport } from "../../src/index.ts";

/** How a call ended in another environment. */
export interface Ended {
  readonly value?: unknown;
  readonly error?: Readonly<Record<string, unknown>>;
}

/** Starts a script of `worker/` in a thread of its own, which sees this thread's scenario. */
export function startWorker(script: string, workerData?: unknown): Worker {
  return new Worker(new URL(`./worker/${script}`, import.meta.url), { env: SHARE_ENV, workerData });
}

/** Makes one call in a new environment: one that has not asked Windows for its classes yet. */
export async function inNewEnvironment(method: keyof WamTransport, argument?: unknown): Promise<Ended> {
  const worker = startWorker("one-call.ts", { method, argument });
  const [ended] = (await once(worker, "message")) as [Ended];
  await worker.terminate();
  return ended;
}
