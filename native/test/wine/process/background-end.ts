// Ends by itself with an operation that never ends, because nobody waits for it.
import { silent, transport, waitForCall } from "../fake-wam.ts";

void transport.request(silent({ background: true }));
waitForCall("GetTokenSilentlyAsync");
