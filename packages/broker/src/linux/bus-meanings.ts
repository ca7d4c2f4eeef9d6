import type { BusError } from "@entrada/core/dbus";
import type { BrokerUnavailableReason } from "../availability/broker-unavailable-reason.ts";
import type { LinuxMeaning } from "./status-meanings.ts";

const ERRORS = "org.freedesktop.DBus.Error.";
const unavailable = (reason: BrokerUnavailableReason): LinuxMeaning => ({ kind: "unavailable", reason });

/** What an error of the bus means, by the end of its name; each comes before a window could be shown, but "ended". */
const BUS_MEANINGS: ReadonlyMap<string, LinuxMeaning> = new Map([
  ["ServiceUnknown", unavailable("broker_missing")],
  ["NameHasNoOwner", unavailable("broker_missing")],
  ["TimedOut", unavailable("broker_not_starting")],
  ["UnknownObject", unavailable("broker_not_starting")],
  ["UnknownMethod", unavailable("broker_too_old")],
  ["UnknownInterface", unavailable("broker_too_old")],
  // It does not take three texts, or does not do what it is asked.
  ["InvalidArgs", unavailable("broker_too_old")],
  ["NotSupported", unavailable("broker_too_old")],
  ["AccessDenied", unavailable("bus_access_denied")],
  ["InvalidSignature", { kind: "malformed" }],
  ["LimitsExceeded", { kind: "server_busy" }],
  ["NoReply", { kind: "ended" }],
  ["Disconnected", { kind: "ended" }],
]);

/**
 * What Himmelblau's broker says in words only, as an error "Failed": it has no numbers.
 * Its daemon behind the broker may be down, it may have no way to ask, and a sign-in may fail.
 */
const HIMMELBLAU_WORDS: readonly (readonly [RegExp, LinuxMeaning])[] = [
  [/no interactive prompt/i, unavailable("no_display")],
  [/broker socket connect|read timeout/i, { kind: "daemon_down" }],
  [/missing account/i, { kind: "account_needed" }],
  [/interactive authentication failed/i, { kind: "sign_in_failed" }],
];

/** What a failed call means. */
export function meaningOfBusError({ busName, text = "" }: BusError): LinuxMeaning {
  // The connection itself ended.
  if (busName === undefined) return { kind: "ended" };
  if (!busName.startsWith(ERRORS)) return { kind: "unexpected" };
  const name = busName.slice(ERRORS.length);
  if (name.startsWith("Spawn.")) return unavailable("broker_not_starting");
  const said = name === "Failed" ? HIMMELBLAU_WORDS.find(([words]) => words.test(text)) : undefined;
  return said?.[1] ?? BUS_MEANINGS.get(name) ?? { kind: "unexpected" };
}

/** Whether the broker's object may only not be there yet. */
export function isTooEarly({ busName }: BusError): boolean {
  return busName === `${ERRORS}UnknownObject` || busName === `${ERRORS}UnknownMethod`;
}
