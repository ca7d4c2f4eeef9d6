import type { EmulatorClock } from "../clock.ts";
import type { Directory } from "../directory/directory.ts";
import type { FaultScript } from "../refusals/fault-script.ts";
import type { Grants } from "../tokens/grants.ts";
import type { RequestLog } from "../http/request-log.ts";
import type { SignIns } from "../sign-in/sign-ins.ts";
import type { SigningKey } from "../tokens/signing-keys.ts";

/** Numbers an emulator is started with, in seconds. */
export interface EmulatorSettings {
  readonly accessTokenLifetimeInS: number;
  readonly deviceCodeLifetimeInS: number;
  readonly deviceCodeIntervalInS: number;
}

/** What one running emulator knows. Every endpoint gets it; nothing lives outside it. */
export interface EmulatorState {
  readonly clock: EmulatorClock;
  readonly directory: Directory;
  readonly keys: SigningKey;
  readonly grants: Grants;
  readonly signIns: SignIns;
  readonly settings: EmulatorSettings;
  readonly faults: FaultScript;
  readonly log: RequestLog;
}
