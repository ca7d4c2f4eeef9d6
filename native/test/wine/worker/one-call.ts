// Makes one call in an environment of its own, and posts how it ended.
import { parentPort, workerData } from "node:worker_threads";
import { transport } from "../fake-wam.ts";
import type { WamTransport } from "../../../src/index.ts";

const { method, argument } = workerData as { method: keyof WamTransport; argument: unknown };
const call = transport[method] as (argument: unknown) => unknown;
try {
  parentPort?.postMessage({ value: await call(argument) });
} catch (error) {
  const { name, code, step, hresult } = error as Record<string, unknown>;
  parentPort?.postMessage({ error: { name, code, step, hresult } });
}
