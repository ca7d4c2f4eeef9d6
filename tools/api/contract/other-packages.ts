// What is promised of the packages beside @entrada/core. A change here is a breaking change to their users, unless it
// only adds.
import type { INativeBrokerPlugin } from "@azure/msal-node";
import type * as broker from "@entrada/broker";
import type * as cache from "@entrada/cache";
import type {
  CredentialOptions,
  InteractiveBrowserCredentialOptions,
  InteractiveCredential,
  InteractiveOptions,
  TokenCacheStore,
} from "@entrada/core";
import type * as deviceCode from "@entrada/device-code";
import type * as emulator from "@entrada/emulator";
import type { WamTransport } from "@entrada/wam";
import type { Has, Holds, Same, Serves } from "./promise.ts";

type DeviceCode = [
  Holds<
    Has<
      deviceCode.DeviceCodeInfo,
      {
        readonly userCode: string;
        readonly verificationUri: string;
        readonly message: string;
        readonly expiresOn: Date;
      }
    >
  >,
  Holds<
    Has<
      deviceCode.DeviceCodeCredentialOptions,
      CredentialOptions &
        InteractiveOptions & {
          readonly userPromptCallback?: (
            info: deviceCode.DeviceCodeInfo,
            context: { readonly signal: AbortSignal },
          ) => void | Promise<void>;
        }
    >
  >,
  Holds<Serves<deviceCode.DeviceCodeCredential, InteractiveCredential>>,
  Holds<
    Serves<
      typeof deviceCode.DeviceCodeCredential,
      new (options?: deviceCode.DeviceCodeCredentialOptions) => deviceCode.DeviceCodeCredential
    >
  >,
];

type Broker = [
  Holds<Same<broker.WindowHandle, Uint8Array | bigint | number | "console">>,
  Holds<Same<broker.WamTransport, WamTransport>>,
  Holds<
    Has<
      broker.InteractiveBrowserBrokerCredentialOptions,
      InteractiveBrowserCredentialOptions & {
        readonly parentWindowHandle?:
          | broker.WindowHandle
          | (() => broker.WindowHandle | undefined | Promise<broker.WindowHandle | undefined>);
        readonly useDefaultBrokerAccount?: boolean;
        readonly disableInteractiveFallback?: boolean;
        readonly browserFallback?: "when-unavailable" | "never";
        readonly legacyEnableMsaPassthrough?: boolean;
        readonly transport?: WamTransport;
      }
    >
  >,
  Holds<Serves<broker.InteractiveBrowserBrokerCredential, InteractiveCredential>>,
  Holds<
    Serves<
      typeof broker.InteractiveBrowserBrokerCredential,
      new (
        options?: broker.InteractiveBrowserBrokerCredentialOptions,
      ) => broker.InteractiveBrowserBrokerCredential
    >
  >,
  Holds<
    Serves<
      typeof broker.getBrokerAvailability,
      () => {
        readonly available: boolean;
        readonly reason?: broker.BrokerUnavailableReason;
        readonly detail?: string;
      }
    >
  >,
  // new PublicClientApplication({ broker: { nativeBrokerPlugin } })
  Holds<Serves<broker.WamBrokerPlugin, INativeBrokerPlugin>>,
  Holds<
    Serves<
      typeof broker.WamBrokerPlugin,
      new (options?: broker.WamBrokerPluginOptions) => broker.WamBrokerPlugin
    >
  >,
  // useIdentityPlugin(nativeBrokerPlugin)
  Holds<Serves<typeof broker.nativeBrokerPlugin, broker.IdentityPlugin>>,
];

type Cache = [
  Holds<
    Serves<
      typeof cache.persistentTokenCache,
      (options: {
        readonly name: string;
        readonly protection?: "require" | "prefer";
        readonly directory?: string;
      }) => TokenCacheStore
    >
  >,
];

type Emulator = [
  Holds<
    Serves<typeof emulator.startEmulator, (options?: emulator.EmulatorOptions) => Promise<emulator.Emulator>>
  >,
  Holds<
    Has<
      emulator.Emulator,
      {
        readonly authorityHost: string;
        readonly armEndpoint: string;
        readonly certificateAuthority: string;
        readonly defaults: emulator.EmulatorDefaults;
        readonly person: emulator.ScriptedPerson;
        readonly requests: readonly emulator.RecordedRequest[];
        readonly clock: emulator.EmulatorClock;
      }
    >
  >,
  Holds<Serves<emulator.Emulator, AsyncDisposable>>,
];

export type OtherContracts = [DeviceCode, Broker, Cache, Emulator];
