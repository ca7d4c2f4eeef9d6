import {
  InteractiveBrowserBrokerCredential,
  WamBrokerPlugin,
  createNativeBrokerPlugin,
} from "@entrada/broker";
import { msalRuntimeTransport } from "@entrada/broker/msal-runtime";
import { persistentTokenCache, readMsalCache } from "@entrada/cache";
import { redisTokenCache } from "@entrada/cache/redis";
import { InteractiveBrowserCredential, browserAvailability, memoryTokenCache } from "@entrada/core";
import { resolveSettings } from "@entrada/core/credential";
import { DeviceCodeCredential } from "@entrada/device-code";
import { startEmulator } from "@entrada/emulator";
import { withEntra } from "@entrada/mcp";
import { entraResourceServer, entraTokenVerifier } from "@entrada/mcp/server";

const GUID = "aaaabbbb-0000-cccc-1111-dddd2222eeee";
const SCOPE = "https://management.azure.com/.default";
const credential = new InteractiveBrowserCredential({ disableAutomaticAuthentication: true });
const redis = { client: { eval: async () => null }, name: "x", key: new Uint8Array(32) };
const verifier = { tenantId: GUID, audience: GUID };

/** Whatever takes options: each is given them with what it cannot do without. */
export const TAKERS: Readonly<Record<string, (options: object) => unknown>> = {
  InteractiveBrowserCredential: (options) => new InteractiveBrowserCredential(options),
  "its browserCustomizationOptions": (pages) =>
    new InteractiveBrowserCredential({ browserCustomizationOptions: pages }),
  DeviceCodeCredential: (options) => new DeviceCodeCredential(options),
  InteractiveBrowserBrokerCredential: (options) => new InteractiveBrowserBrokerCredential(options),
  "the broker's browserCustomizationOptions": (pages) =>
    new InteractiveBrowserBrokerCredential({ browserCustomizationOptions: pages }),
  resolveSettings: (options) => resolveSettings(options),
  getToken: (options) => credential.getToken(SCOPE, options),
  authenticate: (options) => credential.authenticate(SCOPE, options),
  browserAvailability: (options) => browserAvailability(options),
  memoryTokenCache: (options) => memoryTokenCache(...([options] as unknown as [])),
  persistentTokenCache: (options) => persistentTokenCache({ name: "x", ...options }),
  redisTokenCache: (options) => redisTokenCache({ ...redis, ...options } as never),
  readMsalCache: (options) => readMsalCache(options),
  WamBrokerPlugin: (options) => new WamBrokerPlugin(options),
  createNativeBrokerPlugin: (options) => createNativeBrokerPlugin(options),
  msalRuntimeTransport: (options) => msalRuntimeTransport(...([options] as unknown as [])),
  startEmulator: (options) => startEmulator(options),
  withEntra: (options) => withEntra({ credential, serverUrl: "https://x.example/mcp", ...options }),
  entraTokenVerifier: (options) => entraTokenVerifier({ ...verifier, ...options }),
  entraResourceServer: (options) =>
    entraResourceServer({ ...verifier, resource: "https://x.example/mcp", scopes: "a", ...options }),
};

/** What a call throws, if it does. */
export async function refusalOf(work: () => unknown): Promise<unknown> {
  try {
    await work();
  } catch (error) {
    return error;
  }
  return undefined;
}
