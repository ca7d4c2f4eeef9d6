// Two requests, the second with the scenario that is given.
import { parentPort, workerData } from "node:worker_threads";
import { silent, transport } from "../fake-wam.ts";

const first = await transport.request(silent()).catch((error: unknown) => (error as { code: string }).code);
process.env["FAKE_WAM_SCENARIO"] = String(workerData);
const second = await transport.request(silent());
parentPort?.postMessage([first, second.responses[0]?.token]);
