import { randomInt } from "node:crypto";
import type { EmulatorApplication } from "../directory/directory-types.ts";
import type { EmulatorState } from "./emulator-state.ts";
import { aadsts, EntraError } from "../refusals/entra-error.ts";
import type { Grant } from "../tokens/grants.ts";
import { optional, refuseRepeated, required } from "./parameters.ts";
import { json, type Reply } from "../http/reply.ts";
import type { EmulatorRequest } from "../http/request.ts";
import { parseScopes } from "../tokens/scopes.ts";

/** No vowels and none of the letters that are taken for digits: nothing to misread, no word to stumble on. */
const USER_CODE_LETTERS = "BCDFGHJKLMNPQRSTVWXZ";
const USER_CODE_LENGTH = 9;

/** How much earlier than the interval a poll may come: the network is not exact, RFC 8628 is. */
const POLL_TOLERANCE_IN_MS = 250;
/** RFC 8628 section 3.5. */
const SLOW_DOWN_IN_MS = 5000;

/** `POST /{tenant}/oauth2/v2.0/devicecode` (RFC 8628 section 3.1). */
export function deviceCodeEndpoint(request: EmulatorRequest, state: EmulatorState): Reply {
  refuseRepeated(request.form);
  const segment = request.params["tenant"] ?? "";
  const authority = state.directory.authority(segment, request.origin);
  // Whether the application is a public client is not looked at here: Entra refuses when the tokens are asked for.
  const application = state.directory.application(required(request.form, "client_id"), authority);
  const scope = required(request.form, "scope");
  parseScopes(scope, state.directory, authority.tenant?.displayName ?? authority.alias ?? "");

  const { deviceCodeLifetimeInS: lifetime, deviceCodeIntervalInS: interval } = state.settings;
  const userCode = Array.from({ length: USER_CODE_LENGTH }, () =>
    USER_CODE_LETTERS.charAt(randomInt(USER_CODE_LETTERS.length)),
  ).join("");
  const deviceCode = state.grants.deviceCodes.add({
    userCode,
    clientId: application.clientId,
    scope,
    claims: optional(request.form, "claims"),
    authority: segment,
    expiresAt: state.clock.now() + lifetime * 1000,
    intervalInMs: interval * 1000,
    lastPollAt: undefined,
    state: "pending",
  });
  const place = authority.tenant?.kind === "adfs" ? "adfs/oauth2/deviceauth" : "devicelogin";
  const verificationUri = `${request.origin}/${place}`;
  return json(200, {
    user_code: userCode,
    device_code: deviceCode,
    verification_uri: verificationUri,
    expires_in: lifetime,
    interval,
    message: `To sign in, open the page ${verificationUri} in a web browser and enter the code ${userCode}.`,
  });
}

/**
 * One poll (RFC 8628 section 3.4 and 3.5).
 * @throws EntraError until the person has approved, and after the code has been redeemed
 */
export function pollDeviceCode(value: string, application: EmulatorApplication, state: EmulatorState): Grant {
  const code = state.grants.deviceCodes.get(value);
  if (!code || code.clientId !== application.clientId) throw aadsts(70018);
  const now = state.clock.now();
  if (now >= code.expiresAt) throw aadsts(70020);
  if (code.state === "declined") throw aadsts(70017);
  if (code.state === "redeemed") throw aadsts(70000, { reason: "the device code was redeemed before" });

  const early =
    code.lastPollAt !== undefined && now - code.lastPollAt < code.intervalInMs - POLL_TOLERANCE_IN_MS;
  code.lastPollAt = now;
  if (early) {
    code.intervalInMs += SLOW_DOWN_IN_MS;
    throw new EntraError({
      error: "slow_down",
      description: `The device polls too often. Wait ${code.intervalInMs / 1000} seconds between polls.`,
    });
  }
  if (code.state === "pending") throw aadsts(70016);
  requirePublicClientFlows(application);
  const grant = code.state;
  code.state = "redeemed";
  return grant;
}

function requirePublicClientFlows({ allowPublicClientFlows = true, clientId }: EmulatorApplication): void {
  if (!allowPublicClientFlows) throw aadsts(7000218, { clientId });
}
