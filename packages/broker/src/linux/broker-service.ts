/** The D-Bus service of the sign-in broker, on the session bus. Only the interface has a capital letter. */
export const BROKER_NAME = "com.microsoft.identity.broker1";
export const BROKER_PATH = "/com/microsoft/identity/broker1";
export const BROKER_INTERFACE = "com.microsoft.identity.Broker1";

/** The methods that are used here. Each takes three texts and returns one. */
export type BrokerMethod =
  | "acquireTokenInteractively"
  | "acquireTokenSilently"
  | "cancelInteractiveFlow"
  | "getAccounts"
  | "getLinuxBrokerVersion"
  | "removeAccount";

/** What Microsoft's own runtime was seen to send to every version. */
export const PROTOCOL_VERSION = "0.0";

/** Registered in the app under "Mobile and desktop applications". The host is this one in every cloud. */
export const LINUX_REDIRECT_URI = "https://login.microsoftonline.com/common/oauth2/nativeclient";

/** The longest waits, in ms. D-Bus itself has none for a call. */
export const LIMITS = {
  connect: 2_000,
  probe: 2_000,
  start: 10_000,
  /** Up to 2.0.1 the object appears after the name. */
  object: 2_000,
  objectPause: 100,
  daemonPause: 2_000,
  version: 5_000,
  cancel: 2_000,
  idle: 60_000,
} as const;

/** A token answer is a few KiB, what it tells of itself some tens. */
export const LONGEST_ANSWER: number = 1024 * 1024;
