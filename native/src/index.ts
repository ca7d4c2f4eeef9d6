export { binaryPackage, WAM_ARCHITECTURES, type WamArchitecture } from "./load-binary.ts";
export {
  loadWamTransport,
  type WamLoadFailure,
  type WamLoadOptions,
  type WamLoadResult,
} from "./load-wam-transport.ts";
export { type WamAccount, type WamAccountKind, WamAccountState } from "./wam-account.ts";
export { WamError, type WamErrorCode, type WamErrorOptions } from "./wam-error.ts";
export type { WamProbe, WamUnavailableReason } from "./wam-probe.ts";
export {
  WamPromptType,
  type WamProviderError,
  type WamRequest,
  type WamRequestResult,
  WamRequestStatus,
  type WamResponse,
} from "./wam-request.ts";
export {
  type WamFindAccount,
  type WamListAccounts,
  type WamListResult,
  WamListStatus,
  type WamOperation,
  type WamPickProvider,
  type WamProviderOperation,
  type WamSignOut,
  type WamTransport,
} from "./wam-transport.ts";
export { type WamWindow, type WindowHandle, windowHandleValue } from "./window-handle.ts";
