import type { AuthenticationEvent } from "@entrada/core";
import { startEmulator, type Emulator, type EmulatorOptions } from "@entrada/emulator";
import { DeviceCodeCredential, type DeviceCodeCredentialOptions, type DeviceCodeInfo } from "../src/index.ts";

export const ARM = "https://management.azure.com/.default";
export const STORAGE = "https://storage.azure.com/.default";

/** An emulator that this process trusts, with the shortest interval there is. */
export async function startAuthority(options: EmulatorOptions = {}): Promise<Emulator> {
  const emulator = await startEmulator({ deviceCodeIntervalInS: 1, ...options });
  emulator.trust();
  return emulator;
}

export interface EmulatedCredential {
  readonly credential: DeviceCodeCredential;
  readonly events: AuthenticationEvent[];
  readonly shown: DeviceCodeInfo[];
}

/** A credential at that authority, whose codes the scripted person answers. */
export function createCredential(
  emulator: Emulator,
  options: DeviceCodeCredentialOptions = {},
): EmulatedCredential {
  const events: AuthenticationEvent[] = [];
  const shown: DeviceCodeInfo[] = [];
  const credential = new DeviceCodeCredential({
    authorityHost: emulator.authorityHost,
    tenantId: emulator.defaults.tenantId,
    onEvent: (event) => events.push(event),
    userPromptCallback: async (info, context) => {
      shown.push(info);
      await emulator.person.answerDeviceCode(info, context);
    },
    ...options,
  });
  return { credential, events, shown };
}
