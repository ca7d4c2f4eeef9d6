import type { WamAccount, WamListResult, WamProbe, WamRequestResult } from "@entrada/wam";
import { unacceptable } from "./unacceptable-answer.ts";

/** A token request's result, or `invalid_response`: what a transport says its answer is, it may not be. */
export function checkedResult(value: unknown): WamRequestResult {
  const good =
    isObject(value) &&
    typeof value["status"] === "number" &&
    Array.isArray(value["responses"]) &&
    value["responses"].every(isResponse) &&
    (value["error"] === undefined || isProviderError(value["error"]));
  if (!good) throw unacceptable("the result");
  return value as unknown as WamRequestResult;
}

/** A listing's result, or `invalid_response`. */
export function checkedList(value: unknown): WamListResult {
  const good =
    isObject(value) &&
    typeof value["status"] === "number" &&
    Array.isArray(value["accounts"]) &&
    value["accounts"].every(isAccount);
  if (!good) throw unacceptable("the list of accounts");
  return value as unknown as WamListResult;
}

/** An account, or `invalid_response`. */
export function checkedAccount(value: unknown): WamAccount {
  if (!isAccount(value)) throw unacceptable("the account");
  return value;
}

/** What a transport found at its probe, or `invalid_response`. */
export function checkedProbe(value: unknown): WamProbe {
  const good = isObject(value) && (value["available"] === false || isObject(value["features"]));
  if (!good) throw unacceptable("the probe");
  return value as unknown as WamProbe;
}

function isResponse(value: unknown): boolean {
  return (
    isObject(value) &&
    typeof value["token"] === "string" &&
    isTexts(value["properties"]) &&
    (value["account"] === undefined || isAccount(value["account"])) &&
    (value["error"] === undefined || isProviderError(value["error"]))
  );
}

function isAccount(value: unknown): value is WamAccount {
  return (
    isObject(value) &&
    typeof value["id"] === "string" &&
    value["id"] !== "" &&
    typeof value["userName"] === "string" &&
    isTexts(value["properties"])
  );
}

function isProviderError(value: unknown): boolean {
  return (
    isObject(value) && typeof value["errorCode"] === "number" && typeof value["errorMessage"] === "string"
  );
}

function isTexts(value: unknown): boolean {
  return isObject(value) && Object.values(value).every((text) => typeof text === "string");
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
