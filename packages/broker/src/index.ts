export type { BrokerUnavailableReason } from "./availability/broker-unavailable-reason.ts";
export { getBrokerAvailability, type BrokerAvailability } from "./availability/get-broker-availability.ts";
export type { InteractiveBrowserBrokerCredentialOptions } from "./broker-options.ts";
export { InteractiveBrowserBrokerCredential } from "./interactive-browser-broker-credential.ts";
export type { ParentWindow } from "./parent-window.ts";
export type { WamTransport, WindowHandle } from "@entrada/wam";
