import { WamRequestStatus, type WamError, type WamRequestResult } from "@entrada/wam";
import { meaningByFacility } from "./facility-meanings.ts";
import { CALL_MEANINGS, CODE_MEANINGS, STATUS_MEANINGS, type RefusalMeaning } from "./status-meanings.ts";

/** A request that WAM did not answer with a token. */
export interface WamRefusal {
  readonly meaning: RefusalMeaning;
  /** `WebTokenRequestStatus`, unless the call itself failed. */
  readonly status?: number | undefined;
  /** An HRESULT, unsigned. */
  readonly code?: number | undefined;
  /** WAM's own words. */
  readonly text?: string | undefined;
  /** The call that failed, unless a result came. */
  readonly step?: string | undefined;
  readonly cause?: unknown;
}

const UNEXPECTED: RefusalMeaning = { kind: "unexpected" };

/** What a result without a token means. */
export function refusalOfResult(result: WamRequestResult): WamRefusal {
  const { status, responses } = result;
  const error = result.error ?? responses[0]?.error;
  const code = error?.errorCode;
  const meaning =
    status === WamRequestStatus.providerError ? meaningOfCode(code) : STATUS_MEANINGS.get(status);
  return { meaning: meaning ?? UNEXPECTED, status, code, text: error?.errorMessage };
}

/** What a failed call means. */
export function refusalOfError(error: WamError): WamRefusal {
  const { code, hresult, step } = error;
  const meaning = code === "WAM_HRESULT" ? meaningOfCode(hresult) : CALL_MEANINGS.get(code);
  return { meaning: meaning ?? UNEXPECTED, code: hresult, step, cause: error };
}

/** Whether `error` is a `WamError`, also when another copy of `@entrada/wam` made it. */
export function isWamError(error: unknown): error is WamError {
  return error instanceof Error && String((error as { readonly code?: unknown }).code).startsWith("WAM_");
}

function meaningOfCode(code: number | undefined): RefusalMeaning | undefined {
  if (code === undefined) return undefined;
  return CODE_MEANINGS.get(code) ?? meaningByFacility(code);
}
