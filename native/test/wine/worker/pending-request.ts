import { silent, transport } from "../fake-wam.ts";

// The scenario never ends it, so this thread goes on until it is terminated.
await transport.request(silent());
