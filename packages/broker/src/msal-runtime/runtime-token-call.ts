import { WamPromptType, windowHandleValue, type WamRequest, type WindowHandle } from "@entrada/wam";
import type {
  MsalRuntime,
  RuntimeAccount,
  RuntimeHandle,
  RuntimeParameters,
  RuntimeTokenResult,
} from "./msal-runtime.ts";

/** Starts one of the runtime's calls for a token. */
export type TokenCall = (callback: (result: RuntimeTokenResult) => void) => RuntimeHandle;

/** The call of the runtime that does what a request asks of WAM. */
export function tokenCall(
  runtime: MsalRuntime,
  parameters: RuntimeParameters,
  request: WamRequest,
  account: RuntimeAccount | undefined,
): TokenCall {
  const { correlationId = crypto.randomUUID(), mode, promptType, properties } = request;
  if (mode === "silent") {
    return (callback) =>
      account
        ? runtime.AcquireTokenSilentlyAsync(parameters, correlationId, account, callback)
        : runtime.SignInSilentlyAsync(parameters, correlationId, callback);
  }
  const window = windowBuffer(request.windowHandle);
  if (account && promptType !== WamPromptType.forceAuthentication) {
    return (callback) =>
      runtime.AcquireTokenInteractivelyAsync(window, parameters, correlationId, account, callback);
  }
  const hint = account?.username ?? properties?.["LoginHint"] ?? "";
  return (callback) => runtime.SignInInteractivelyAsync(window, parameters, correlationId, hint, callback);
}

// The runtime's own "no window" is one zero byte; it then looks for the console's.
function windowBuffer(windowHandle: WindowHandle | undefined): Buffer {
  const handle = windowHandleValue(windowHandle);
  if (handle === 0n) return Buffer.from([0]);
  const buffer = Buffer.alloc(8);
  buffer.writeBigUInt64LE(handle);
  return buffer;
}
