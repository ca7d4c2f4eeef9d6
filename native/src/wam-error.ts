/**
 * - `WAM_HRESULT`: a call to Windows failed; `hresult` says how and `step` says which call.
 * - `WAM_CANCELLED`: {@link WamTransport.cancel} was called for the operation.
 * - `WAM_PROVIDER_NOT_FOUND`: WAM has no provider for the authority on this machine.
 * - `WAM_ACCOUNT_NOT_FOUND`: WAM no longer knows the account that was asked for.
 */
export type WamErrorCode =
  | "WAM_HRESULT"
  | "WAM_CANCELLED"
  | "WAM_PROVIDER_NOT_FOUND"
  | "WAM_ACCOUNT_NOT_FOUND";

export interface WamErrorOptions {
  code: WamErrorCode;
  /** The call that failed, for example `RequestTokenForWindowAsync`. */
  step: string;
  /** Unsigned, as Microsoft's documents write it. Only with code `WAM_HRESULT`. */
  hresult?: number;
  cause?: unknown;
}

/** A call to WAM that gave no answer. It carries no token, claim or account name. */
export class WamError extends Error {
  readonly code: WamErrorCode;
  readonly step: string;
  readonly hresult?: number;

  constructor(options: WamErrorOptions) {
    super(messageOf(options), options.cause === undefined ? undefined : { cause: options.cause });
    this.name = "WamError";
    this.code = options.code;
    this.step = options.step;
    if (options.hresult !== undefined) this.hresult = options.hresult;
  }
}

const whatHappened: Readonly<Record<WamErrorCode, string>> = {
  WAM_HRESULT: "A call to the Windows Web Account Manager failed",
  WAM_CANCELLED: "The call to the Windows Web Account Manager was cancelled",
  WAM_PROVIDER_NOT_FOUND:
    "The Windows Web Account Manager has no provider for this authority on this machine",
  WAM_ACCOUNT_NOT_FOUND: "The Windows Web Account Manager no longer knows this account",
};

function messageOf({ code, step, hresult }: WamErrorOptions): string {
  const detail = hresult === undefined ? step : `${step}, ${hexOf(hresult)}`;
  return `${whatHappened[code]} (${detail}).`;
}

function hexOf(hresult: number): string {
  return `0x${hresult.toString(16).toUpperCase().padStart(8, "0")}`;
}
