import { beginSignIn } from "./sign-in-endpoint.ts";
import { deviceCodePage } from "../pages/device-page.ts";
import type { EmulatorState } from "./emulator-state.ts";
import type { DeviceCode } from "../tokens/grants.ts";
import { messagePage } from "../pages/page.ts";
import { optional } from "./parameters.ts";
import type { Reply } from "../http/reply.ts";
import type { EmulatorRequest } from "../http/request.ts";
import type { SignIn } from "../sign-in/sign-in.ts";

/** `GET /devicelogin`: where the person types the code. */
export function devicePageEndpoint(): Reply {
  return deviceCodePage();
}

/** `POST /devicelogin`: the typed code leads to the sign-in pages. */
export function deviceCodeEntryEndpoint(request: EmulatorRequest, state: EmulatorState): Reply {
  const typed = optional(request.form, "user_code") ?? "";
  const code = state.grants.deviceCodeFor(typed);
  return code && isOpen(code, state) ? signInFor(code, request, state) : deviceCodePage(NOT_OPEN);
}

const NOT_OPEN = "That code did not work. Check it, or ask the application for a new one.";

/** Asked again at the end: another window may have answered for the code, or the time is over. */
function isOpen(code: DeviceCode, { clock }: EmulatorState): boolean {
  return code.state === "pending" && clock.now() < code.expiresAt;
}

function signInFor(code: DeviceCode, request: EmulatorRequest, state: EmulatorState): Reply {
  const authority = state.directory.authority(code.authority, request.origin);
  const application = state.directory.application(code.clientId, authority);
  const signIn: SignIn = {
    application,
    authority,
    segment: code.authority,
    scope: code.scope,
    claims: code.claims,
    // A code can be sent to somebody else: the person always sees who asks and what for (RFC 8628 section 5.4).
    prompt: "consent",
    loginHint: undefined,
    flow: "deviceCode",
    formTarget: undefined,
    complete(session, tenant) {
      if (!isOpen(code, state)) return deviceCodePage(NOT_OPEN);
      code.state = {
        session,
        clientId: code.clientId,
        tenantId: tenant.id,
        scope: code.scope,
        claims: code.claims,
      };
      return messagePage(
        200,
        "You are signed in",
        `${application.name} goes on by itself. You can close this page.`,
      );
    },
    refuse() {
      if (!isOpen(code, state)) return deviceCodePage(NOT_OPEN);
      code.state = "declined";
      return messagePage(200, "You are not signed in", `${application.name} was told that you declined.`);
    },
  };
  return beginSignIn(signIn, request, state);
}
