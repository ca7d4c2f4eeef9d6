import type { EmulatorClock } from "../clock.ts";
import type { Directory } from "../directory/directory.ts";
import type { FaultScript } from "../refusals/fault-script.ts";
import type { Grants } from "../tokens/grants.ts";
import type { RequestLog } from "../http/request-log.ts";
import type { SignIns } from "../sign-in/sign-ins.ts";
import type { SigningKeys } from "../tokens/signing-keys.ts";

/** Numbers an emulator is started with, in seconds. */
export interface EmulatorSettings {
  readonly accessTokenLifetimeInS: number;
  readonly deviceCodeLifetimeInS: number;
  readonly deviceCodeIntervalInS: number;
}

/** What `PUT` has made in a subscription. */
export interface ResourceGroup {
  readonly id: string;
  readonly name: string;
  readonly location: string;
  readonly tags?: Readonly<Record<string, string>>;
}

/** What one running emulator knows. Every endpoint gets it; nothing lives outside it. */
export interface EmulatorState {
  readonly clock: EmulatorClock;
  readonly directory: Directory;
  readonly keys: SigningKeys;
  readonly grants: Grants;
  readonly signIns: SignIns;
  readonly settings: EmulatorSettings;
  readonly faults: FaultScript;
  /** By their ids, in lower case. */
  readonly resourceGroups: Map<string, ResourceGroup>;
  readonly log: RequestLog;
}
