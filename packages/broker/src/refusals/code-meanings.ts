import { WamRequestStatus, type WamErrorCode } from "@entrada/wam";
import type { BrokerUnavailableReason } from "../availability/broker-unavailable-reason.ts";
import type { OAuthWord, RefusalMeaning } from "./refusal-meaning.ts";
import { WINDOWS_CODES } from "./windows-codes.ts";

const PERSON: RefusalMeaning = { kind: "person_needed" };
const CANCELLED: RefusalMeaning = { kind: "cancelled" };
const GONE: RefusalMeaning = { kind: "account_gone" };
const SWITCHED: RefusalMeaning = { kind: "switched_without_token" };
export const NO_NETWORK: RefusalMeaning = { kind: "no_network" };
export const BUSY: RefusalMeaning = { kind: "server_busy" };
const PASSING: RefusalMeaning = { kind: "passing" };
const oauth = (word: OAuthWord): RefusalMeaning => ({ kind: "oauth", word });
const unavailable = (reason: BrokerUnavailableReason): RefusalMeaning => ({ kind: "unavailable", reason });

/** What a `WebTokenRequestStatus` means. `providerError` says nothing by itself: its code does. */
export const STATUS_MEANINGS: ReadonlyMap<number, RefusalMeaning> = new Map<number, RefusalMeaning>([
  [WamRequestStatus.userCancel, CANCELLED],
  [WamRequestStatus.accountSwitch, SWITCHED],
  [WamRequestStatus.userInteractionRequired, PERSON],
  [WamRequestStatus.accountProviderNotAvailable, unavailable("provider_unavailable")],
]);

/** What a call that failed before WAM had a status means. `WAM_HRESULT` says nothing by itself: its code does. */
export const CALL_MEANINGS: ReadonlyMap<WamErrorCode, RefusalMeaning> = new Map([
  ["WAM_PROVIDER_NOT_FOUND", unavailable("provider_unavailable")],
  ["WAM_ACCOUNT_NOT_FOUND", GONE],
]);

/**
 * What an HRESULT means, unsigned, wherever it came from. "*": a row of Microsoft's page "WAM errors".
 *
 * Sources: "Troubleshoot Microsoft Entra hybrid joined devices" (0xCAA…), "WAM errors" of MSAL.NET's documentation,
 * winerror.h, adalerr.h, and what Microsoft's own client was seen to make of each code.
 */
export const CODE_MEANINGS: ReadonlyMap<number, RefusalMeaning> = new Map([
  // *The account is known, but no token can be had without its person: "No, sign in to this app only".
  [0xcaa10001, PERSON],
  [0xcaa10006, oauth("invalid_client")],
  [0xcaa20001, oauth("unauthorized_client")],
  [WINDOWS_CODES.invalidRequest, oauth("invalid_request")],
  [0xcaa20003, oauth("invalid_grant")], // *
  [0xcaa20004, oauth("access_denied")],
  [0xcaa20005, BUSY],
  [0xcaa20007, oauth("invalid_scope")],
  [WINDOWS_CODES.serverUnavailable, BUSY],
  [0xcaa20009, oauth("invalid_client")],
  [0xcaa2000b, oauth("invalid_resource")],
  [0xcaa2000c, oauth("interaction_required")], // *
  // No refresh token, or none that is good any more, the device's own included.
  [0xcaa90003, PERSON],
  [0xcaa90004, PERSON],
  [0xcaa90056, PERSON],
  [0xcaab0001, SWITCHED],
  [0xcaab0002, CANCELLED],
  [0xcaab0003, unavailable("provider_unavailable")],
  [0x80080300, PASSING],

  // The Win32 error 1223, a smart card's and a key's: a person has pressed "Cancel".
  [0x800704c7, CANCELLED],
  [0x80100002, CANCELLED],
  [0x8010006e, CANCELLED],
  [0x80090036, CANCELLED],

  // *The account does not exist; its name belongs to nobody.
  [0x80070525, GONE],
  [0x80070534, GONE],
  // A password, an account or a smart card that the domain does not take.
  [0x8007052e, PERSON],
  [0x80070532, PERSON],
  [0x80070533, PERSON],
  [0x80070701, PERSON],
  [0x80070773, PERSON],
  [0x80070775, PERSON],
  [0x8009030c, PERSON],
  [0x8009030d, PERSON],
  [0x8009030e, PERSON], // *No credentials in the security package.
  [0x8009033e, PERSON],
  [0x80070520, unavailable("no_logon_session")],
  [0x80070426, unavailable("not_responding")],

  [0x80040154, unavailable("wam_missing")],
  [0x80070422, unavailable("service_disabled")],
  [0x80070424, unavailable("service_disabled")],
  // Too many requests for a personal account.
  [0x80860010, BUSY],
]);

/** From the first to the last of a row. */
export type CodeRange = readonly [first: number, last: number, meaning: RefusalMeaning];

/** What a code without a row of its own means by the row of codes that it stands in; the first row counts. */
export const CODE_RANGES: readonly CodeRange[] = [
  // *Personal accounts: new terms, a password, a confirmed address, a suspended account, "action required".
  [0x80860002, 0x80860002, PERSON],
  [0x80860004, 0x8086000c, PERSON],
  [0x8086000f, 0x8086000f, PERSON],
  // *The device's keys (NTE_…) and its TPM: signing in anew may repair them.
  [0x80090001, 0x80090038, PERSON],
  [0x80280000, 0x8029ffff, PERSON],
  // The service was just starting or stopping: RPC_S_SERVER_UNAVAILABLE, …_TOO_BUSY, …_CALL_FAILED, …_CALL_FAILED_DNE,
  // EPT_S_NOT_REGISTERED, RPC_S_CALL_CANCELLED, …_COMM_FAILURE, and COM's words for the same.
  [0x800706ba, 0x800706bb, PASSING],
  [0x800706be, 0x800706bf, PASSING],
  [0x800706d9, 0x800706d9, PASSING],
  [0x8007071a, 0x8007071a, PASSING],
  [0x8007071c, 0x8007071c, PASSING],
  [0x80010007, 0x80010007, PASSING],
  [0x80010012, 0x80010012, PASSING],
  [0x80010108, 0x80010108, PASSING],
  [0x8001010a, 0x8001010a, PASSING],
  // ERROR_TIMEOUT.
  [0x800705b4, 0x800705b4, PASSING],
  // Windows's background tasks.
  [0xcaad0000, 0xcaadffff, PASSING],
  // The service that does not start: ERROR_SERVICE_REQUEST_TIMEOUT to …_DEPENDENCY_DELETED.
  [0x8007041d, 0x8007041e, unavailable("not_responding")],
  [0x80070428, 0x80070433, unavailable("not_responding")],
  // Schannel and certificates: no secure connection, because of a clock, a proxy or a portal.
  [0x80090311, 0x80090311, NO_NETWORK],
  [0x80090322, 0x80090328, NO_NETWORK],
  [0x80090349, 0x80090349, NO_NETWORK],
  [0x80092012, 0x80092013, NO_NETWORK],
  [0x800b0100, 0x800b01ff, NO_NETWORK],
  // URL monikers, by whom a page is loaded.
  [0x800c0002, 0x800c001f, NO_NETWORK],
  // *Win32's numbers for a network that fails: winerror.h, WinSock2.h, wininet.h, windns.h.
  [0x80070033, 0x80070036, NO_NETWORK],
  [0x8007003b, 0x8007003b, NO_NETWORK],
  [0x80070040, 0x80070040, NO_NETWORK],
  [0x80070043, 0x80070043, NO_NETWORK],
  [0x80070079, 0x80070079, NO_NETWORK],
  [0x800704c6, 0x800704c6, NO_NETWORK],
  [0x800704c9, 0x800704ca, NO_NETWORK],
  [0x800704cf, 0x800704d6, NO_NETWORK],
  [0x800704e8, 0x800704e8, NO_NETWORK],
  [0x8007051f, 0x8007051f, NO_NETWORK],
  [0x8007054b, 0x8007054b, NO_NETWORK],
  [0x80070576, 0x80070576, NO_NETWORK],
  [0x80070774, 0x80070774, NO_NETWORK],
  [0x80072329, 0x8007270f, NO_NETWORK],
  [0x80072714, 0x80072b17, NO_NETWORK],
  [0x80072ee1, 0x80072fa8, NO_NETWORK],
];
