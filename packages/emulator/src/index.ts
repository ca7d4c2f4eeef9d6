export { runningClock, virtualClock, type EmulatorClock } from "./clock.ts";
export type { CertificatePair } from "./http/certificates.ts";
export {
  PERSONAL_TENANT_ID,
  type EmulatorAccount,
  type EmulatorApplication,
  type EmulatorPolicy,
  type EmulatorResource,
  type EmulatorSubscription,
  type EmulatorTenant,
} from "./directory/directory-types.ts";
export { startEmulator, type Emulator } from "./emulator.ts";
export type { EmulatorOptions } from "./options/emulator-options.ts";
export type { EmulatorAnswer, EmulatorFault } from "./refusals/emulator-fault.ts";
export type { PersonVisit } from "./person/answer-pages.ts";
export type { ScriptedPerson } from "./person/person.ts";
export type { PersonAnswer } from "./options/person-answer.ts";
export type { RecordedRequest, RequestKind } from "./http/request-log.ts";
export type { EmulatorDefaults } from "./directory/seeds.ts";
export { EmulatorTrustError } from "./http/trust.ts";
