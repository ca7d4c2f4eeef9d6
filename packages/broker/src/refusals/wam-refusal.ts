import { WamRequestStatus, type WamError, type WamErrorCode, type WamRequestResult } from "@entrada/wam";
import type { BrokerUnavailableReason } from "../availability/broker-unavailable-reason.ts";

/** What a refusal means for whoever asked. */
export type RefusalMeaning =
  /** The person closed the dialog. */
  | { readonly kind: "cancelled" }
  /** The person must act, whatever the number says. */
  | { readonly kind: "person_needed" }
  /** The broker cannot be used here: the only meaning that lets the browser take over. */
  | { readonly kind: "unavailable"; readonly reason: BrokerUnavailableReason }
  | { readonly kind: "no_network" }
  | { readonly kind: "server_busy" }
  /** A hiccup of Windows's own background task: the same request may work in a second. */
  | { readonly kind: "passing" }
  /** An OAuth error of the authority, in OAuth's word. */
  | { readonly kind: "oauth"; readonly word: string }
  | { readonly kind: "account_gone" }
  | { readonly kind: "unexpected" };

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

/** What a result without a token means. */
export function refusalOfResult(result: WamRequestResult): WamRefusal {
  const { status, responses } = result;
  const error = result.error ?? responses[0]?.error;
  const code = error?.errorCode;
  return { meaning: meaningOfStatus(status, code), status, code, text: error?.errorMessage };
}

/** What a failed call means. */
export function refusalOfError(error: WamError): WamRefusal {
  const { code, hresult, step } = error;
  return { meaning: meaningOfCall(code, hresult), code: hresult, step, cause: error };
}

/** Whether `error` is a `WamError`, also when another copy of `@entrada/wam` made it. */
export function isWamError(error: unknown): error is WamError {
  return error instanceof Error && String((error as { readonly code?: unknown }).code).startsWith("WAM_");
}

function meaningOfStatus(status: number, code: number | undefined): RefusalMeaning {
  switch (status) {
    case WamRequestStatus.userCancel:
      return { kind: "cancelled" };
    case WamRequestStatus.userInteractionRequired:
      return { kind: "person_needed" };
    case WamRequestStatus.accountProviderNotAvailable:
      return { kind: "unavailable", reason: "provider_unavailable" };
    case WamRequestStatus.providerError:
      return meaningOfCode(code);
    default:
      return { kind: "unexpected" };
  }
}

function meaningOfCall(code: WamErrorCode, hresult: number | undefined): RefusalMeaning {
  switch (code) {
    case "WAM_PROVIDER_NOT_FOUND":
      return { kind: "unavailable", reason: "provider_unavailable" };
    case "WAM_ACCOUNT_NOT_FOUND":
      return { kind: "account_gone" };
    case "WAM_HRESULT":
      return meaningOfCode(hresult);
    default:
      return { kind: "unexpected" };
  }
}

function meaningOfCode(code: number | undefined): RefusalMeaning {
  if (code === undefined) return { kind: "unexpected" };
  return MEANINGS.get(code) ?? meaningOfFacility(code);
}

// The upper half of ADAL's and the token broker's codes says which part of Windows gave up.
function meaningOfFacility(code: number): RefusalMeaning {
  switch (code >>> 16) {
    case 0xcaa3:
    case 0xcaa7:
    case 0xcaa8:
      return { kind: "no_network" };
    case 0xcaad:
      return { kind: "passing" };
    default:
      return { kind: "unexpected" };
  }
}

const PERSON: RefusalMeaning = { kind: "person_needed" };
const CANCELLED: RefusalMeaning = { kind: "cancelled" };
const BUSY: RefusalMeaning = { kind: "server_busy" };
const PASSING: RefusalMeaning = { kind: "passing" };
const oauth = (word: string): RefusalMeaning => ({ kind: "oauth", word });
const unavailable = (reason: BrokerUnavailableReason): RefusalMeaning => ({ kind: "unavailable", reason });

// Sources: "Troubleshoot Microsoft Entra hybrid joined devices" (0xCAA…), "WAM errors" of MSAL.NET's documentation,
// winerror.h, and what Microsoft's own client was seen to make of each code.
const MEANINGS: ReadonlyMap<number, RefusalMeaning> = new Map([
  // The account is known, but no token can be had without its person: "No, sign in to this app only".
  [0xcaa10001, PERSON],
  [0xcaa10006, oauth("invalid_client")],
  [0xcaa20001, oauth("unauthorized_client")],
  [0xcaa20002, oauth("invalid_request")],
  [0xcaa20003, oauth("invalid_grant")],
  [0xcaa20004, oauth("access_denied")],
  [0xcaa20005, BUSY],
  [0xcaa20007, oauth("invalid_scope")],
  [0xcaa20008, BUSY],
  [0xcaa20009, oauth("invalid_client")],
  [0xcaa2000b, oauth("invalid_resource")],
  [0xcaa2000c, oauth("interaction_required")],
  [0xcaab0002, CANCELLED],
  [0xcaab0003, unavailable("provider_unavailable")],
  [0x80080300, PASSING],
  // The key of the device or its TPM: signing in anew may repair it.
  [0x80090016, PERSON],
  [0x80090030, PERSON],
  [0x80284001, PERSON],
  [0x8028008b, PERSON],
  // Personal accounts: the password is asked for again.
  ...[5, 6, 7, 8, 9, 10, 11, 12].map((low): [number, RefusalMeaning] => [0x80860000 + low, PERSON]),
  [0x800704c7, CANCELLED],
  [0x800704cf, { kind: "no_network" }],
  [0x80070422, unavailable("service_disabled")],
  [0x80070520, unavailable("no_logon_session")],
  [0x80040154, unavailable("wam_missing")],
  // The service was just starting or stopping: RPC_S_SERVER_UNAVAILABLE, RPC_S_SERVER_TOO_BUSY, RPC_S_CALL_FAILED.
  [0x800706ba, PASSING],
  [0x800706bb, PASSING],
  [0x800706be, PASSING],
]);
