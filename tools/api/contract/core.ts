// What is promised of @entrada/core. A change here is a breaking change to its users, unless it only adds.
import type * as azure from "@azure/core-auth";
import type * as core from "@entrada/core";
import type * as credential from "@entrada/core/credential";
import type * as flow from "@entrada/core/flow";
import type * as testing from "@entrada/core/testing";
import type { Has, Holds, Same, Serves } from "./promise.ts";

interface Credential {
  getToken(scopes: string | string[], options?: core.GetTokenOptions): Promise<core.AccessToken>;
  authenticate(
    scopes?: string | string[],
    options?: core.AuthenticateOptions,
  ): Promise<core.AuthenticationRecord>;
  accounts(): Promise<readonly core.AuthenticationRecord[]>;
  signOut(account?: core.AuthenticationRecord): Promise<void>;
  [Symbol.asyncDispose](): PromiseLike<void>;
}

type Options = [
  Holds<
    Has<
      core.CredentialOptions,
      {
        clientId?: string;
        tenantId?: string;
        authorityHost?: string;
        additionallyAllowedTenants?: string[];
        disableInstanceDiscovery?: boolean;
        authenticationRecord?: core.AuthenticationRecord;
        disableAutomaticAuthentication?: boolean;
        tokenCache?: core.TokenCacheStore;
        fetch?: typeof globalThis.fetch;
        requestTimeoutInMs?: number;
        onEvent?: (event: core.AuthenticationEvent) => void;
      }
    >
  >,
  Holds<
    Has<
      core.InteractiveOptions,
      {
        timeoutInMs?: number;
        loginHint?: string;
        prompt?: "select_account" | "login" | "consent" | "none";
        promptCooldownInMs?: number;
      }
    >
  >,
  Holds<
    Has<
      core.InteractiveBrowserCredentialOptions,
      core.CredentialOptions &
        core.InteractiveOptions & {
          redirectUri?: string;
          openBrowser?: (url: string, context: { signal: AbortSignal }) => void | Promise<void>;
          browserCustomizationOptions?: {
            successMessage?: string | ((outcome: core.SignInOutcome) => string) | undefined;
            errorMessage?: string | ((outcome: core.SignInOutcome) => string) | undefined;
          };
        }
    >
  >,
  Holds<Has<core.AuthenticateOptions, { forcePrompt?: boolean; timeoutInMs?: number }>>,
  Holds<Serves<core.AuthenticateOptions, core.GetTokenOptions>>,
];

type Credentials = [
  Holds<Serves<core.InteractiveCredential, Credential>>,
  Holds<Serves<core.InteractiveBrowserCredential, core.InteractiveCredential>>,
  Holds<
    Serves<
      typeof core.InteractiveBrowserCredential,
      new (options?: core.InteractiveBrowserCredentialOptions) => core.InteractiveBrowserCredential
    >
  >,
  // Every client of the Azure SDK takes them.
  Holds<Serves<core.InteractiveCredential, azure.TokenCredential>>,
  Holds<Serves<azure.GetTokenOptions, core.GetTokenOptions>>,
  Holds<Serves<core.AccessToken, azure.AccessToken>>,
];

type Records = [
  Holds<
    Has<
      core.AuthenticationRecord,
      {
        readonly authority: string;
        readonly homeAccountId: string;
        readonly clientId: string;
        readonly tenantId: string;
        readonly username: string;
      }
    >
  >,
  Holds<Same<typeof core.serializeAuthenticationRecord, (record: core.AuthenticationRecord) => string>>,
  Holds<Same<typeof core.deserializeAuthenticationRecord, (text: string) => core.AuthenticationRecord>>,
  Holds<
    Has<
      typeof core.AzureAuthorityHosts,
      { readonly AzurePublicCloud: string; readonly AzureGovernment: string; readonly AzureChina: string }
    >
  >,
];

type Errors = [
  Holds<
    Same<
      core.AuthenticationErrorCode,
      | "authentication_required"
      | "user_cancelled"
      | "timeout"
      | "browser_unavailable"
      | "broker_unavailable"
      | "access_denied"
      | "device_code_expired"
      | "conditional_access"
      | "tenant_not_allowed"
      | "account_mismatch"
      | "network"
      | "service"
      | "invalid_response"
      | "cache"
      | "unsupported"
    >
  >,
  Holds<
    Has<
      core.AuthenticationError,
      {
        readonly code: core.AuthenticationErrorCode;
        readonly aadsts?: number;
        readonly correlationId?: string;
        readonly traceId?: string;
        readonly timestamp?: string;
        readonly retryable: boolean;
        readonly retryAfterInMs?: number;
        readonly hint?: string;
        readonly detail?: string;
      }
    >
  >,
  Holds<
    Has<
      core.AuthenticationRequiredError,
      {
        readonly scopes: readonly string[];
        readonly claims?: string;
        readonly getTokenOptions?: core.GetTokenOptions;
      }
    >
  >,
  Holds<Serves<core.AuthenticationError, Error>>,
  Holds<Serves<core.AuthenticationRequiredError, core.AuthenticationError>>,
  Holds<Serves<core.CredentialUnavailableError, core.AuthenticationError>>,
  Holds<Same<typeof core.isAuthenticationError, (error: unknown) => error is core.AuthenticationError>>,
];

type Events = [
  Holds<
    Same<
      core.AuthenticationEvent["type"],
      | "silent_hit"
      | "refresh"
      | "refresh_failed"
      | "prompt"
      | "browser_unavailable"
      | "waiting"
      | "warning"
      | "fallback"
      | "done"
      | "failed"
    >
  >,
];

type Store = [
  Holds<
    Serves<
      core.TokenCacheStore,
      {
        read(key: string): Promise<Uint8Array | undefined>;
        list(): Promise<readonly core.TokenCacheEntry[]>;
        write(key: string, data: Uint8Array, label?: string): Promise<void>;
        remove(key: string): Promise<void>;
        clear(): Promise<void>;
        withLock<T>(key: string, work: () => Promise<T>, options?: { signal?: AbortSignal }): Promise<T>;
      }
    >
  >,
  Holds<Same<core.TokenCacheEntry, { readonly key: string; readonly label?: string }>>,
  Holds<
    Serves<
      core.TokenCacheBlob,
      {
        read(): Promise<Uint8Array | undefined>;
        write(data: Uint8Array): Promise<void>;
        clear(): Promise<void>;
        withLock<T>(work: () => Promise<T>, options?: { signal?: AbortSignal }): Promise<T>;
      }
    >
  >,
  Holds<Same<typeof core.blobTokenCache, (blob: core.TokenCacheBlob) => core.TokenCacheStore>>,
  Holds<Same<typeof core.memoryTokenCache, () => core.TokenCacheStore>>,
];

type Flows = [
  Holds<Serves<flow.InteractiveRequest, flow.TokenRequest>>,
  Holds<
    Serves<
      flow.Flow,
      {
        readonly name: string;
        silent(request: flow.TokenRequest): Promise<flow.TokenAnswer>;
        interactive(request: flow.InteractiveRequest): Promise<flow.TokenAnswer>;
        accounts(): Promise<readonly core.AuthenticationRecord[]>;
        signOut(account?: core.AuthenticationRecord): Promise<void>;
      }
    >
  >,
  Holds<Serves<flow.FlowParts["entra"], flow.EntraClient>>,
  Holds<
    Serves<typeof credential.createEngine, (options: credential.CreateEngineOptions) => credential.Engine>
  >,
  Holds<Serves<credential.Engine, Omit<core.InteractiveCredential, typeof Symbol.asyncDispose>>>,
  Holds<Serves<typeof testing.describeFlow, (...args: never[]) => void>>,
  Holds<Serves<typeof testing.describeTokenCacheStore, (...args: never[]) => void>>,
];

export type CoreContract = [Options, Credentials, Records, Errors, Events, Store, Flows];
