import { isWamError } from "./wam-refusal.ts";

/** What WAM said in place of a token; the `cause` of the error that the caller gets. It holds no token. */
export class WamResultError extends Error {
  override name = "WamResultError";
  /** `WebTokenRequestStatus`, as WAM numbers it. */
  readonly status: number;
  /** Unsigned, as Microsoft's documents write it. */
  readonly hresult?: number;

  constructor(status: number, hresult: number | undefined, figures: string) {
    super(`The Windows Web Account Manager answered without a token (${figures}).`);
    this.status = status;
    if (hresult !== undefined) this.hresult = hresult;
  }
}

/** The innermost reason that Windows gave for an error, if any. */
export function windowsReasonOf(
  error: unknown,
): { readonly status?: number; readonly hresult?: number; readonly step?: string } | undefined {
  for (let each = error; each instanceof Error; each = each.cause) {
    if (each instanceof WamResultError || isWamError(each)) return each;
  }
  return undefined;
}
