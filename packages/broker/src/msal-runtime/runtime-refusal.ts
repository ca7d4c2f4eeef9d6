import { WamError, WamRequestStatus, type WamProviderError, type WamRequestResult } from "@entrada/wam";
import { WINDOWS_CODES } from "../refusals/windows-codes.ts";
import { RuntimeStatus, type RuntimeFailure } from "./msal-runtime.ts";

/** Whether something that was thrown is the runtime's own report of a failure. */
export function isRuntimeFailure(value: unknown): value is RuntimeFailure {
  return (
    typeof value === "object" &&
    value !== null &&
    typeof (value as Partial<RuntimeFailure>).errorStatus === "number"
  );
}

/** A failure of a token request as WAM would report it. */
export function runtimeRefusal(failure: RuntimeFailure): WamRequestResult {
  switch (failure.errorStatus) {
    case RuntimeStatus.userCanceled:
      return { status: WamRequestStatus.userCancel, error: errorOf(failure), responses: [] };
    case RuntimeStatus.interactionRequired:
    case RuntimeStatus.accountUnusable:
      return { status: WamRequestStatus.userInteractionRequired, error: errorOf(failure), responses: [] };
    default:
      return { status: WamRequestStatus.providerError, error: errorOf(failure), responses: [] };
  }
}

/** A failure of any other call. */
export function runtimeError(failure: RuntimeFailure, step: string): WamError {
  const { errorStatus } = failure;
  const gone = errorStatus === RuntimeStatus.accountNotFound || errorStatus === RuntimeStatus.keyNotFound;
  if (gone) return new WamError({ code: "WAM_ACCOUNT_NOT_FOUND", step });
  return new WamError({ code: "WAM_HRESULT", step, hresult: codeOf(failure) });
}

function errorOf(failure: RuntimeFailure): WamProviderError {
  const { errorContext, errorTag } = failure;
  return {
    errorCode: codeOf(failure),
    errorMessage: `${errorContext} (msal-node-runtime, tag ${errorTag})`,
    errorProperties: {},
  };
}

// Away from Windows the runtime's codes are not HRESULTs. Its status then decides, by Windows's code for the same.
const CODES_OF_STATUS: ReadonlyMap<number, number> = new Map([
  [RuntimeStatus.noNetwork, WINDOWS_CODES.networkUnreachable],
  [RuntimeStatus.networkTemporarilyUnavailable, WINDOWS_CODES.networkUnreachable],
  [RuntimeStatus.serverTemporarilyUnavailable, WINDOWS_CODES.serverUnavailable],
  [RuntimeStatus.incorrectConfiguration, WINDOWS_CODES.invalidRequest],
]);

function codeOf({ errorCode, errorStatus }: RuntimeFailure): number {
  const code = Number.isInteger(errorCode) ? errorCode >>> 0 : 0;
  const isHresult = code >>> 28 === 0x8 || code >>> 28 === 0xc;
  return isHresult ? code : (CODES_OF_STATUS.get(errorStatus) ?? code);
}
