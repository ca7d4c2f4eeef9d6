import { createRequire } from "node:module";

/** The parts of `@azure/msal-node-runtime` that the comparison drives, by its own type declarations. */
export interface MicrosoftRuntime {
  readonly AuthParameters: new () => AuthParameters;
  readonly StartupError?: object;
  SignInSilentlyAsync(parameters: AuthParameters, correlationId: string, callback: Callback): unknown;
  SignInInteractivelyAsync(
    window: Buffer,
    parameters: AuthParameters,
    correlationId: string,
    hint: string,
    callback: Callback,
  ): unknown;
  AcquireTokenSilentlyAsync(
    parameters: AuthParameters,
    correlationId: string,
    account: object,
    callback: Callback,
  ): unknown;
  AcquireTokenInteractivelyAsync(
    window: Buffer,
    parameters: AuthParameters,
    correlationId: string,
    account: object,
    callback: Callback,
  ): unknown;
  SignOutSilentlyAsync(clientId: string, correlationId: string, account: object, callback: Callback): unknown;
  DiscoverAccountsAsync(clientId: string, correlationId: string, callback: Callback): unknown;
}

export interface AuthParameters {
  CreateAuthParameters(clientId: string, authority: string): void;
  SetRedirectUri(redirectUri: string): void;
  SetRequestedScopes(scopes: string): void;
  SetDecodedClaims(claims: string): void;
  SetAccessTokenToRenew(accessToken: string): void;
  SetAdditionalParameter(key: string, value: string): void;
}

export interface RuntimeResult {
  readonly account: object;
  readonly accessToken: string;
  CheckError(): void;
}

type Callback = (result: RuntimeResult) => void;

/** Loads the runtime from the folder of its package. */
export function loadMicrosoftRuntime(folder: string): MicrosoftRuntime {
  const require = createRequire(import.meta.url);
  const { msalNodeRuntime } = require(`${folder}/dist/index.cjs`) as { msalNodeRuntime: MicrosoftRuntime };
  if (msalNodeRuntime.StartupError !== undefined) {
    throw new Error("Microsoft's runtime does not start", { cause: msalNodeRuntime.StartupError });
  }
  return msalNodeRuntime;
}

/** A call of the runtime as a promise of its result. */
export function settled(call: (callback: Callback) => unknown): Promise<RuntimeResult> {
  return new Promise((resolve, reject) => {
    call((result) => {
      try {
        result.CheckError();
        resolve(result);
      } catch (error) {
        reject(error instanceof Error ? error : new Error(JSON.stringify(error)));
      }
    });
  });
}
