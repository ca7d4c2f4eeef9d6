import { AuthenticationError, AuthenticationRequiredError } from "../errors/authentication-error.ts";
import type { AuthenticationErrorInit } from "../errors/authentication-error.ts";
import type { GetTokenOptions } from "../token-credential.ts";
import { remedyFor } from "./aadsts-remedies.ts";
import type { AuthorityAnswer } from "../http/authority-answer.ts";
import { parseJsonObject } from "../null-prototype-json.ts";
import type { JsonObject } from "../null-prototype-json.ts";
import { serverFacts, type ServerFacts } from "./server-facts.ts";
import { CODE_NOT_USED } from "./on-the-page.ts";

export interface ServerErrorContext {
  /** What could not be done: one sentence without a final stop. */
  readonly what: string;
  readonly scopes: readonly string[];
  readonly claims?: string | undefined;
  readonly clientId: string;
  readonly tenantId: string;
  readonly redirectUri?: string | undefined;
  /** See `RemedyContext.otherClouds`. */
  readonly otherClouds?: readonly string[] | undefined;
  /**
   * Whether the person has just acted. Then `invalid_grant` (a used code, say) ends the sign-in; otherwise it means
   * that the person must act.
   * @defaultValue false
   */
  readonly interactive?: boolean | undefined;
  readonly correlationId?: string | undefined;
  readonly getTokenOptions?: GetTokenOptions | undefined;
}

/** Whether an answer is the authority's no: it has no status of success, or names an error. `null` names none. */
export function isRefusal({ status, json }: Pick<AuthorityAnswer, "status" | "json">): boolean {
  return status !== 200 || (json["error"] ?? null) !== null;
}

/** The OAuth error word of an answer, or `undefined`. The device flow asks for "slow_down" and its like. */
export function errorOf(answer: { readonly json: JsonObject }): string | undefined {
  return wordOf(answer.json["error"]);
}

/**
 * Maps an OAuth error (RFC 6749, sections 4.1.2.1 and 5.2; RFC 8628, section 3.5) to a typed error. `error`,
 * `suberror` and `claims` decide; the AADSTS number adds a remedy, and tells a policy's refusal from another.
 */
export function serverError(
  answer: Pick<AuthorityAnswer, "status" | "json"> & Partial<Pick<AuthorityAnswer, "header">>,
  context: ServerErrorContext,
): AuthenticationError {
  const report = reportOf(answer, context);
  if (report.error === undefined) return saysNothing(answer.status, context, report.shown);
  const reason = reasonOf(report.error, report, context);
  if (!personMustAct(report.error, report, context)) return new AuthenticationError(reason);
  return new AuthenticationRequiredError({
    ...reason,
    what: `${context.what}: the person must sign in`,
    remedy: reason.remedy ?? "Call authenticate() with the scopes and claims of this error",
    detail: report.suberror ?? report.error,
    scopes: context.scopes,
    claims: report.claims ?? context.claims,
    getTokenOptions: context.getTokenOptions,
    retryable: false,
    cause: new AuthenticationError(reason),
  });
}

/** What the answer says, as far as it may decide anything. */
interface Report {
  readonly error: string | undefined;
  readonly suberror: string | undefined;
  /** What the person must satisfy, as JSON text. */
  readonly claims: string | undefined;
  /** Whether the person broke the sign-in off. */
  readonly cancelled: boolean;
  /** Whether a policy of the tenant refused. */
  readonly byPolicy: boolean;
  readonly shown: Omit<AuthenticationErrorInit, "code">;
}

const PERSON_MUST_ACT: ReadonlySet<string> = new Set([
  "account_selection_required",
  "consent_required",
  "interaction_required",
  "login_required",
]);
// Sub-errors of `invalid_grant` that no prompt can cure, as in the other Microsoft libraries.
const NOT_CURED_BY_A_PROMPT: ReadonlySet<string> = new Set(["client_mismatch", "protection_policy_required"]);
const SUBERRORS_OF_POLICIES: ReadonlySet<string> = new Set([
  "additional_action",
  "basic_action",
  "device_authentication_failed",
  "message_only",
  "protection_policy_required",
]);

function reportOf(
  answer: Pick<AuthorityAnswer, "json"> & Partial<Pick<AuthorityAnswer, "header">>,
  context: ServerErrorContext,
): Report {
  const { json } = answer;
  const error = errorOf(answer);
  const suberror = wordOf(json["suberror"]);
  const facts = serverFacts(json, context.correlationId, answer.header);
  const remedy = remedyFor(facts.aadsts);
  const claims = claimsOf(json["claims"]);
  const shown = { ...facts, what: context.what, detail: error, remedy: remedy?.text(context) };
  const byPolicy =
    remedy?.conditionalAccess === true ||
    claims !== undefined ||
    (suberror !== undefined && SUBERRORS_OF_POLICIES.has(suberror));
  return { error, suberror, claims, cancelled: json["error_subcode"] === "cancel", byPolicy, shown };
}

function personMustAct(error: string, report: Report, context: ServerErrorContext): boolean {
  if (report.suberror !== undefined && NOT_CURED_BY_A_PROMPT.has(report.suberror)) return false;
  const canAct = context.interactive !== true || report.claims !== undefined;
  if (error === "invalid_grant") return canAct;
  return PERSON_MUST_ACT.has(error) && (canAct || !report.byPolicy);
}

/** The authority's refusal in our words, whatever follows from it. */
function reasonOf(error: string, report: Report, context: ServerErrorContext): AuthenticationErrorInit {
  const { shown, suberror, byPolicy } = report;
  switch (error) {
    case "expired_token":
      return {
        ...shown,
        code: "device_code_expired",
        detail: "device_code_expired",
        what: "The code was not used in time",
        remedy: CODE_NOT_USED,
      };
    case "temporarily_unavailable":
    case "server_error":
      return { ...shown, code: "network", retryable: true, remedy: shown.remedy ?? "Try again" };
    case "access_denied":
    case "authorization_declined":
      if (byPolicy) break;
      if (report.cancelled) return { ...shown, code: "user_cancelled" };
      return {
        ...shown,
        code: "access_denied",
        detail: "access_denied",
        remedy: shown.remedy ?? consentHint(context),
      };
    default:
  }
  return byPolicy
    ? { ...shown, code: "conditional_access", detail: suberror ?? error }
    : { ...shown, code: "service", detail: error };
}

function consentHint({ scopes }: ServerErrorContext): string {
  return scopes.length === 0 ? "Sign in again" : `Sign in again and accept ${scopes.join(" ")}`;
}

function saysNothing(
  status: number,
  context: ServerErrorContext,
  { correlationId, traceId, timestamp }: ServerFacts,
): AuthenticationError {
  return new AuthenticationError({
    code: "invalid_response",
    detail: "unexpected_status",
    what: `${context.what}: the authority answered ${status} without saying why`,
    remedy: "Check authorityHost and tenantId; a proxy may be in the way",
    correlationId,
    traceId,
    timestamp,
  });
}

// A claims challenge is handed on to authenticate(), which takes a JSON object.
function claimsOf(value: unknown): string | undefined {
  return typeof value === "string" && parseJsonObject(value) !== undefined ? value : undefined;
}

function wordOf(value: unknown): string | undefined {
  return typeof value === "string" && /^[a-z][a-z0-9_]{0,63}$/i.test(value) ? value.toLowerCase() : undefined;
}
