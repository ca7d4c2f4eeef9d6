import { parentPort } from "node:worker_threads";
import { silent, transport } from "../fake-wam.ts";

let answered = 0;
for (let index = 0; index < 50; index += 1) {
  const { status } = await transport.request(silent());
  if (status === 0) answered += 1;
}
parentPort?.postMessage(answered);
