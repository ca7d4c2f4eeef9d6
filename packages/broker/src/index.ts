export type { BrokerTransport } from "./availability/find-broker.ts";
export type { BrokerUnavailableReason } from "./availability/broker-unavailable-reason.ts";
export type { UnavailableBroker } from "./availability/unavailable-broker.ts";
export { getBrokerAvailability, type BrokerAvailability } from "./availability/get-broker-availability.ts";
export type { InteractiveBrowserBrokerCredentialOptions } from "./flow/broker-options.ts";
export { InteractiveBrowserBrokerCredential } from "./flow/interactive-browser-broker-credential.ts";
export type { ParentWindow } from "./dialog/parent-window.ts";
export {
  createNativeBrokerPlugin,
  nativeBrokerPlugin,
  type IdentityPlugin,
} from "./plugin/create-native-broker-plugin.ts";
export type {
  AccountInfo,
  AuthenticationResult,
  INativeBrokerPlugin,
  LoggerOptions,
  NativeRequest,
  NativeSignOutRequest,
} from "./plugin/native-broker-plugin.ts";
export type { MsalErrorClasses, PluginError } from "./plugin/plugin-error.ts";
export { WamBrokerPlugin } from "./plugin/wam-broker-plugin.ts";
export type { WamBrokerPluginOptions } from "./plugin/wam-broker-plugin-options.ts";
export type { WamTransport, WindowHandle } from "@entrada/wam";
