// Leaves while a call into Windows does not return.
import { silent, transport, waitForCall } from "../fake-wam.ts";

void transport.request(silent());
waitForCall("GetTokenSilentlyAsync");
const started = Date.now();
process.on("exit", () => console.log("left after", Date.now() - started));
process.exit(0);
