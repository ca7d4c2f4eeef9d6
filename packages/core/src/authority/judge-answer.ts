import type { AuthorityAnswer } from "../http/authority-answer.ts";
import { FEW_TRIES, notNow, unacceptable } from "../refusals/authority-failure.ts";
import type { Failure, UnacceptableForm } from "../refusals/authority-failure.ts";
import type { HttpAnswer } from "../http/http-transport.ts";
import { parseJsonObject } from "../null-prototype-json.ts";
import { httpDate, retryAfterInMs } from "./retry-after.ts";
import { redactJson, redactText } from "../refusals/sent-secrets.ts";

/** What is known about the request when its answer is judged. */
export interface JudgeContext {
  readonly host: string;
  readonly correlationId: string;
  /** Values that no text of the answer may repeat. */
  readonly secrets: readonly string[];
  /** Our wall clock, in ms since 1970. */
  readonly now: number;
}

/** An answer, or why there is none. */
export type Judgement = { readonly answer: AuthorityAnswer } | Failure;

/**
 * Decides what an HTTP answer is: a JSON object for the caller (OAuth errors with a 4xx status included), a reason to
 * try again later, or nothing that an authority would send.
 */
export function judgeAnswer(answer: HttpAnswer, context: JudgeContext): Judgement {
  const { status } = answer;
  const skewInMs = skewOf(answer, context.now);
  const header = (name: string): string | undefined => {
    const value = answer.header(name);
    return value === undefined ? undefined : redactText(value, context.secrets);
  };
  const refuse = (form: UnacceptableForm): Failure => ({
    failure: unacceptable(context.host, form, { ...answer, header }, context.correlationId),
    again: "never",
  });
  if (status >= 300 && status < 400) return refuse("unexpected_redirect");
  const parsed = isText(answer) ? parseJsonObject(answer.body) : undefined;
  const isError = status >= 400 || (parsed?.["error"] ?? null) !== null;
  if (status !== 200 && parsed?.["access_token"] !== undefined) return refuse("unexpected_status");
  const json = parsed !== undefined && isError ? redactJson(parsed, context.secrets) : parsed;
  if (status === 408 || status === 429 || status >= 500) {
    const waitInMs = retryAfterInMs(answer.header("retry-after"), context.now + (skewInMs ?? 0));
    const failure = notNow(context.host, { status, json, header }, waitInMs, context.correlationId);
    // 429 and 503 say that the request was not worked on, so that even a code may be sent again.
    const again = status === 429 || status === 503 ? "unsent" : "safe";
    return { failure, again, waitInMs, ...(status === 429 ? { tries: FEW_TRIES } : {}) };
  }
  if (json === undefined) return refuse(startsLikeJson(answer) ? "not_an_object" : "not_json");
  if (status !== 200 && status < 400) return refuse("unexpected_status");
  const shown = isError ? header : (name: string) => answer.header(name);
  return { answer: { status, json, header: shown, ...(skewInMs === undefined ? {} : { skewInMs }) } };
}

// The date is cut to the second.
function skewOf(answer: HttpAnswer, now: number): number | undefined {
  const date = httpDate(answer.header("date") ?? "");
  return Number.isNaN(date) ? undefined : date - now;
}

// Web pages and files are never an authority's answer, even if they happen to parse.
function isText(answer: HttpAnswer): boolean {
  const type = answer.header("content-type")?.split(";")[0]?.trim().toLowerCase() ?? "";
  return (
    type === "" ||
    type === "text/plain" ||
    type === "text/json" ||
    /^application\/([\w.-]+\+)?json$/.test(type)
  );
}

function startsLikeJson(answer: HttpAnswer): boolean {
  try {
    const text = new TextDecoder("utf-8", { fatal: true }).decode(answer.body);
    return isText(answer) && JSON.parse(text) !== undefined;
  } catch {
    // The parser quotes the text in its message: nothing of it may be kept.
    return false;
  }
}
