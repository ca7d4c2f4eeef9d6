// Leaves with an operation that never ends.
import { silent, transport, waitForCall } from "../fake-wam.ts";

void transport.request(silent());
waitForCall("GetTokenSilentlyAsync");
process.exit(7);
