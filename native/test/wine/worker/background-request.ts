import { silent, transport, waitForCall } from "../fake-wam.ts";

// The scenario never ends it, and this thread ends all the same.
void transport.request(silent({ background: true }));
waitForCall("GetTokenSilentlyAsync");
