/*
 * The D-Bus client of `@entrada/cache` (the keyring) and `@entrada/broker` (the sign-in broker of Linux), which may not
 * import each other. It is theirs alone and may change with any version.
 */
export { sessionBusPath, sessionBusPaths } from "./dbus/bus-address.ts";
export type { BusCall, BusMessage } from "./dbus/bus-message.ts";
export type { BusValue, Variant } from "./dbus/bus-value.ts";
export { BusError } from "./dbus/bus-error.ts";
export { BUS, SessionBus, type SessionBusOptions } from "./dbus/session-bus.ts";
