import { WamRequestStatus, type WamError, type WamRequestResult } from "@entrada/wam";
import { CALL_MEANINGS, STATUS_MEANINGS } from "./code-meanings.ts";
import { meaningOfCode } from "./facility-meanings.ts";
import type { RefusalMeaning } from "./refusal-meaning.ts";
import { aadstsIn, oauthWordIn } from "./words-of-authority.ts";

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
  const code = unsigned(error?.errorCode);
  const text = error?.errorMessage;
  const ofCode = code === undefined ? undefined : meaningOfCode(code);
  const meaning =
    status === WamRequestStatus.providerError ? (ofCode ?? meaningOfText(text)) : STATUS_MEANINGS.get(status);
  return { meaning: meaning ?? UNEXPECTED, status, code, text };
}

/** What a failed call means. */
export function refusalOfError(error: WamError): WamRefusal {
  const { code, step } = error;
  const hresult = unsigned(error.hresult);
  return { meaning: meaningOfCall(code, hresult, step) ?? UNEXPECTED, code: hresult, step, cause: error };
}

/** Whether `error` is a `WamError`, also when another copy of `@entrada/wam` made it. */
export function isWamError(error: unknown): error is WamError {
  return error instanceof Error && String((error as { readonly code?: unknown }).code).startsWith("WAM_");
}

function meaningOfCall(
  code: WamError["code"],
  hresult: number | undefined,
  step: string | undefined,
): RefusalMeaning | undefined {
  if (code !== "WAM_HRESULT") return CALL_MEANINGS.get(code);
  // An asynchronous call that ends as cancelled has no number of its own.
  if (step?.endsWith(".Canceled")) return { kind: "cancelled" };
  return hresult === undefined ? undefined : meaningOfCode(hresult);
}

/** A number that nobody knows, with words of the authority beside it: those count. */
function meaningOfText(text: string | undefined): RefusalMeaning | undefined {
  if (aadstsIn(text) === undefined) return undefined;
  return { kind: "oauth", word: oauthWordIn(text) ?? "invalid_grant" };
}

/** Some write an HRESULT as the signed number that it is in C. */
function unsigned(code: number | undefined): number | undefined {
  return code !== undefined && code < 0 ? code >>> 0 : code;
}
