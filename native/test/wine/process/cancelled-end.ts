// Ends by itself, because a cancelled operation keeps no process alive.
import { silent, transport, waitForCall } from "../fake-wam.ts";

const request = silent();
const settled = transport.request(request).catch((error: unknown) => {
  console.log((error as { code: string }).code);
});
waitForCall("GetTokenSilentlyAsync");
transport.cancel(request.operationId);
await settled;
