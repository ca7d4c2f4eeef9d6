// Dies of an error of its own with an operation pending.
import { silent, transport, waitForCall } from "../fake-wam.ts";

void transport.request(silent());
waitForCall("GetTokenSilentlyAsync");
throw new Error("of the application");
