import {
  WamAccountState,
  WamRequestStatus,
  type WamAccount,
  type WamListResult,
  type WamProviderError,
  type WamRequestResult,
  type WamResponse,
} from "@entrada/wam";
import { isObject } from "./is-object.ts";
import { unacceptable } from "./unacceptable-answer.ts";

/**
 * A token request's result, or `invalid_response`: what a transport says its answer is, it may not be. A detail that
 * cannot be read is left out; status, code and token are no details.
 */
export function checkedResult(value: unknown): WamRequestResult {
  const { status, responses = [], error } = isObject(value) ? value : {};
  if (typeof status !== "number" || !Array.isArray(responses) || !responses.every(isResponse)) {
    throw unacceptable("the result");
  }
  const read = readError(error);
  // Of this status the code is the answer.
  if (status === WamRequestStatus.providerError && error !== undefined && !read.error) {
    throw unacceptable("the error");
  }
  return { status, responses: responses.map(readResponse), ...read };
}

/** A listing's result without the accounts that cannot be read, or `invalid_response`. */
export function checkedList(value: unknown): WamListResult {
  const good = isObject(value) && typeof value["status"] === "number" && Array.isArray(value["accounts"]);
  if (!good) throw unacceptable("the list of accounts");
  const { status, accounts } = value as unknown as WamListResult;
  const read = (accounts as readonly unknown[]).flatMap(readAccount);
  if (accounts.length > 0 && read.length === 0) throw unacceptable("every account of the list");
  return { status, accounts: read };
}

/** An account, or `invalid_response`. */
export function checkedAccount(value: unknown): WamAccount {
  const [account] = readAccount(value);
  if (!account) throw unacceptable("the account");
  return account;
}

function isResponse(value: unknown): value is Record<string, unknown> {
  return isObject(value) && typeof value["token"] === "string";
}

function readResponse({ token, properties, account, error }: Record<string, unknown>): WamResponse {
  const [known] = readAccount(account);
  return {
    token: String(token),
    properties: textsOf(properties),
    ...(known ? { account: known } : {}),
    ...readError(error),
  };
}

/** The account, or nothing: without an id it could not be asked for again. */
function readAccount(value: unknown): readonly WamAccount[] {
  if (!isObject(value)) return [];
  const { id, userName, state, properties } = value;
  if (typeof id !== "string" || id === "") return [];
  return [
    {
      id,
      userName: typeof userName === "string" ? userName : "",
      state: typeof state === "number" ? state : WamAccountState.none,
      properties: textsOf(properties),
    },
  ];
}

function readError(value: unknown): { readonly error?: WamProviderError } {
  if (!isObject(value) || typeof value["errorCode"] !== "number") return {};
  const { errorCode, errorMessage, errorProperties } = value;
  return {
    error: {
      errorCode,
      errorMessage: typeof errorMessage === "string" ? errorMessage : "",
      errorProperties: textsOf(errorProperties),
    },
  };
}

function textsOf(value: unknown): Readonly<Record<string, string>> {
  if (!isObject(value)) return {};
  const texts = Object.entries(value).filter(
    (entry): entry is [string, string] => typeof entry[1] === "string",
  );
  return Object.fromEntries(texts);
}
