import { clientId, correlationId, scope } from "./directory.ts";
import {
  type AuthParameters,
  type MicrosoftRuntime,
  type RuntimeResult,
  settled,
} from "./microsoft-runtime.ts";

/** What a call of Microsoft's runtime is about. */
export function parameters(
  runtime: MicrosoftRuntime,
  authority: string,
  more: { readonly claims?: string; readonly renew?: string } = {},
): AuthParameters {
  const parameters = new runtime.AuthParameters();
  parameters.CreateAuthParameters(clientId, authority);
  parameters.SetRedirectUri("http://localhost");
  parameters.SetRequestedScopes(scope);
  if (more.claims !== undefined) parameters.SetDecodedClaims(more.claims);
  if (more.renew !== undefined) parameters.SetAccessTokenToRenew(more.renew);
  return parameters;
}

export function signInSilently(runtime: MicrosoftRuntime, authority: string): Promise<RuntimeResult> {
  return settled((callback) =>
    runtime.SignInSilentlyAsync(parameters(runtime, authority), correlationId, callback),
  );
}

export function acquireSilently(
  runtime: MicrosoftRuntime,
  account: object,
  parameters: AuthParameters,
): Promise<RuntimeResult> {
  return settled((callback) =>
    runtime.AcquireTokenSilentlyAsync(parameters, correlationId, account, callback),
  );
}

export function signIn(
  runtime: MicrosoftRuntime,
  window: Buffer,
  authority: string,
  hint: string,
): Promise<RuntimeResult> {
  return settled((callback) =>
    runtime.SignInInteractivelyAsync(window, parameters(runtime, authority), correlationId, hint, callback),
  );
}

/** What the answer was does not matter here: the calls do. */
export function nothing(): void {}
