// What an application writes against the declarations of the packages. Only its types are checked.
import type { TokenCredential } from "@azure/core-auth";
import { InteractiveBrowserBrokerCredential, getBrokerAvailability } from "@entrada/broker";
import { persistentTokenCache } from "@entrada/cache";
import {
  type AuthenticationError,
  AuthenticationRequiredError,
  InteractiveBrowserCredential,
  deserializeAuthenticationRecord,
  isAuthenticationError,
  type AuthenticationErrorCode,
  type AuthenticationRecord,
  type InteractiveCredential,
} from "@entrada/core";
import { DeviceCodeCredential, type DeviceCodeInfo } from "@entrada/device-code";
import { startEmulator, type Emulator } from "@entrada/emulator";
import { loadWamTransport } from "@entrada/wam";

const tokenCache = persistentTokenCache({ name: "every-package" });
const authenticationRecord: AuthenticationRecord = deserializeAuthenticationRecord("{}");

export const credentials: readonly (InteractiveCredential & TokenCredential)[] = [
  new InteractiveBrowserCredential({ tokenCache, authenticationRecord, loginHint: "ada@contoso.example" }),
  new DeviceCodeCredential({
    tokenCache,
    userPromptCallback: ({ message }: DeviceCodeInfo) => console.log(message),
  }),
  new InteractiveBrowserBrokerCredential({ parentWindowHandle: "console", browserFallback: "never" }),
];

export function remedyOf(error: unknown): string | undefined {
  if (!isAuthenticationError(error)) return undefined;
  if (error instanceof AuthenticationRequiredError) return error.scopes.join(" ");
  const code: AuthenticationErrorCode = error.code;
  return code === "timeout" ? "again" : error.hint;
}

export async function tryIt(): Promise<number> {
  await using emulator: Emulator = await startEmulator();
  const loaded = loadWamTransport();
  // Each package has these types as its own.
  const { available } = getBrokerAvailability(loaded.available ? loaded.transport : undefined);
  return emulator.port + (available ? 1 : 0);
}

// @ts-expect-error A wrong option is an error of the compiler, so the types are not `any`.
export const mistaken = new InteractiveBrowserCredential({ tenant: "contoso" });
// @ts-expect-error A code that does not exist cannot be compared with.
export const wrong = (error: AuthenticationError): boolean => error.code === "no_such_code";
