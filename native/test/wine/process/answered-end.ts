// Ends by itself after an answer: the worker that waits keeps no process alive.
import { silent, transport } from "../fake-wam.ts";

console.log((await transport.request(silent())).status);
