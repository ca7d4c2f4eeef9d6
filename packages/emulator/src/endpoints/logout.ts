import type { EmulatorState } from "./emulator-state.ts";
import { messagePage } from "../pages/page.ts";
import type { Reply } from "../http/reply.ts";
import type { EmulatorRequest } from "../http/request.ts";

/** `GET /{tenant}/oauth2/v2.0/logout`: this browser forgets who signed in. */
export function logoutEndpoint(request: EmulatorRequest, state: EmulatorState): Reply {
  state.directory.authority(request.params["tenant"] ?? "", request.origin);
  state.signIns.forget(request);
  return messagePage(200, "You signed out", "You can close this page.");
}
