import { AuthenticationError, printable, type AuthorityAnswer } from "@entrada/core/flow";

/** A device authorization response (RFC 8628, section 3.2) after all checks. */
export interface DeviceAuthorization {
  /** Known to the authority and to this flow, and to nobody else. */
  readonly deviceCode: string;
  readonly userCode: string;
  readonly verificationUri: string;
  /** One line without control characters. */
  readonly message: string;
  readonly lifetimeInMs: number;
  readonly intervalInMs: number;
}

export interface DeviceAuthorizationContext {
  readonly correlationId: string;
  /** Told of what was corrected. */
  readonly warn: (code: string, message: string) => void;
}

/** A number of seconds that the authority may send. One that is not above zero cannot be meant. */
interface Seconds {
  readonly field: "interval" | "expires_in";
  readonly otherwise: number;
  readonly least: number;
  readonly most: number;
}

// Zero and less would be a demand to poll without a pause, or a code that is over before anybody has seen it.
const INTERVAL: Seconds = { field: "interval", otherwise: 5, least: 1, most: 60 };
const LIFETIME: Seconds = { field: "expires_in", otherwise: 900, least: 1, most: 1800 };

const USER_CODE = /^[A-Z0-9-]{4,16}$/;
const DEVICE_CODE = /^[\x21-\x7e]{1,8192}$/;
const LONGEST_MESSAGE = 1000;
const LONGEST_URI = 2048;

/**
 * Reads the answer of the device authorization endpoint. Nothing of it is shown or obeyed unchecked.
 * @throws AuthenticationError `invalid_response`, whose `detail` names the field.
 */
export function readDeviceAuthorization(
  { json }: Pick<AuthorityAnswer, "json">,
  context: DeviceAuthorizationContext,
): DeviceAuthorization {
  const deviceCode = matching(json["device_code"], DEVICE_CODE) ?? refuse("device_code", context);
  const userCode = matching(json["user_code"], USER_CODE) ?? refuse("user_code", context);
  const verificationUri = webPage(json["verification_uri"]) ?? refuse("verification_uri", context);
  return {
    deviceCode,
    userCode,
    verificationUri,
    message:
      messageOf(json["message"], userCode, verificationUri) ??
      `To sign in, open the page ${verificationUri} in a web browser and enter the code ${userCode}.`,
    lifetimeInMs: secondsOf(json["expires_in"], LIFETIME, context) * 1000,
    intervalInMs: secondsOf(json["interval"], INTERVAL, context) * 1000,
  };
}

function matching(value: unknown, pattern: RegExp): string | undefined {
  return typeof value === "string" && pattern.test(value) ? value : undefined;
}

// Written out again by the URL parser: no control characters, and no letters that only look like others in the host.
function webPage(value: unknown): string | undefined {
  if (typeof value !== "string" || value.length > LONGEST_URI || !URL.canParse(value)) return undefined;
  const url = new URL(value);
  return url.protocol === "https:" && url.username === "" && url.password === "" ? url.href : undefined;
}

// A message that does not name both would leave the person without the code.
function messageOf(value: unknown, userCode: string, verificationUri: string): string | undefined {
  if (typeof value !== "string" || value.length > LONGEST_MESSAGE) return undefined;
  const message = printable(value).trim();
  return message.includes(userCode) && message.includes(verificationUri) ? message : undefined;
}

function secondsOf(value: unknown, rule: Seconds, { warn }: DeviceAuthorizationContext): number {
  const { field, otherwise, least, most } = rule;
  if (value === undefined) return otherwise;
  const seconds = numberOf(value);
  if (seconds !== undefined && seconds > 0) return Math.min(Math.max(seconds, least), most);
  warn(`${field}_invalid`, `The authority sent no usable ${field}; ${otherwise} s are assumed.`);
  return otherwise;
}

// Version 1 of Entra's endpoints writes figures as texts.
function numberOf(value: unknown): number | undefined {
  const number = typeof value === "string" && /^\d{1,15}$/.test(value) ? Number(value) : value;
  return typeof number === "number" && !Number.isNaN(number) ? number : undefined;
}

function refuse(field: string, { correlationId }: DeviceAuthorizationContext): never {
  throw new AuthenticationError({
    code: "invalid_response",
    what: `The authority's device authorization answer is not acceptable: ${field} is missing or not well-formed`,
    remedy: "Check authorityHost; a captive portal or proxy may be in the way",
    detail: field,
    correlationId,
  });
}
