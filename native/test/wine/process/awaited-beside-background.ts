// Waits for an answer that comes late, long after an operation in the background has come and gone.
import { silent, transport, waitForCall } from "../fake-wam.ts";
import { observer } from "../observer.ts";

const awaited = transport.request(silent());
waitForCall("GetTokenSilentlyAsync");
process.env["FAKE_WAM_SCENARIO"] = "";
await transport.request(silent({ background: true }));
// By itself this timer keeps nothing alive: without the operation the process would end first, with exit code 13.
setTimeout(() => observer.end("token"), 100).unref();
console.log((await awaited).status);
