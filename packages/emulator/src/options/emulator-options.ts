import type { EmulatorClock } from "../clock.ts";
import type {
  EmulatorAccount,
  EmulatorApplication,
  EmulatorResource,
  EmulatorSubscription,
  EmulatorTenant,
} from "../directory/directory-types.ts";
import type { PersonAnswer } from "./person-answer.ts";

/** How an emulator is started. */
export interface EmulatorOptions {
  /** @defaultValue 0: a free one */
  port?: number | undefined;
  /** An address to listen on in place of 127.0.0.1 and ::1. Any but a loopback one needs `allowOtherMachines`. */
  host?: string | undefined;
  /** Whether `host` may be an address that other machines reach. @defaultValue false */
  allowOtherMachines?: boolean | undefined;
  /** Tenants beside the ready-made ones. One with the id of a ready-made one takes its place. */
  tenants?: EmulatorTenant[] | undefined;
  /** Accounts beside the ready-made ones. One with the same user name takes its place. */
  accounts?: EmulatorAccount[] | undefined;
  /** Applications beside the developer sign-on client. One with the same client id takes its place. */
  applications?: EmulatorApplication[] | undefined;
  /** APIs beside Azure's. One with the same URI takes its place. */
  resources?: EmulatorResource[] | undefined;
  /** Subscriptions in place of the ready-made ones. */
  subscriptions?: EmulatorSubscription[] | undefined;
  /** @defaultValue {@link runningClock}; use {@link virtualClock} to hold time still */
  clock?: EmulatorClock | undefined;
  /** What the scripted person does where no script says otherwise. @defaultValue `{ action: "approve" }` */
  person?: PersonAnswer | undefined;
  /** In seconds. @defaultValue 3600; a client that understands revocation gets a day */
  accessTokenLifetimeInS?: number | undefined;
  /** In seconds. @defaultValue 900 */
  deviceCodeLifetimeInS?: number | undefined;
  /** In seconds. @defaultValue 5 */
  deviceCodeIntervalInS?: number | undefined;
}
