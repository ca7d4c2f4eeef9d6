import { AuthenticationError, AuthenticationRequiredError } from "../errors/authentication-error.ts";
import type { AuthenticationErrorInit } from "../errors/authentication-error.ts";
import type { GetTokenOptions } from "../token-credential.ts";
import { remedyFor } from "./aadsts-remedies.ts";
import type { AuthorityAnswer } from "./authority-client.ts";
import { parseJsonObject } from "./null-prototype-json.ts";
import type { JsonObject } from "./null-prototype-json.ts";
import { serverFacts } from "./server-facts.ts";

export interface ServerErrorContext {
  /** What could not be done: one sentence without a final stop. */
  readonly what: string;
  readonly scopes: readonly string[];
  readonly claims?: string | undefined;
  readonly clientId: string;
  readonly tenantId: string;
  readonly redirectUri?: string | undefined;
  /** The flow's name, such as "browser". */
  readonly flow: string;
  /**
   * Whether the person has just acted. Then `invalid_grant` (a used code, say) ends the sign-in; otherwise it means
   * that the person must act.
   * @defaultValue false
   */
  readonly interactive?: boolean;
  readonly correlationId?: string | undefined;
  readonly getTokenOptions?: GetTokenOptions | undefined;
}

const PERSON_MUST_ACT: ReadonlySet<string> = new Set([
  "interaction_required",
  "login_required",
  "consent_required",
  "account_selection_required",
]);
/** Sub-errors of `invalid_grant` that no prompt can cure. */
const NOT_CURED_BY_A_PROMPT: ReadonlySet<string> = new Set(["client_mismatch", "protection_policy_required"]);
const POLICY_SUBERRORS: ReadonlySet<string> = new Set([
  "additional_action",
  "message_only",
  "protection_policy_required",
]);

/** The OAuth error word of an answer, or `undefined`. The device flow asks for "slow_down" and its like. */
export function errorOf(answer: { readonly json: JsonObject }): string | undefined {
  return wordOf(answer.json["error"]);
}

/**
 * Maps an OAuth error (RFC 6749, section 5.2) to a typed error. Only `error`, `suberror` and `claims` decide; the
 * AADSTS number adds a remedy.
 */
export function serverError(
  answer: Pick<AuthorityAnswer, "status" | "json">,
  context: ServerErrorContext,
): AuthenticationError {
  const { json } = answer;
  const error = errorOf(answer) ?? "unknown_error";
  const suberror = wordOf(json["suberror"]) ?? "";
  const claims = claimsOf(json["claims"]);
  const reason = reasonOf(error, suberror, json, context);
  if (!personMustAct(error, suberror, claims, context)) return new AuthenticationError(reason);
  return new AuthenticationRequiredError({
    ...reason,
    what: `${context.what}: the person must sign in`,
    detail: suberror || error,
    scopes: context.scopes,
    claims: claims ?? context.claims,
    getTokenOptions: context.getTokenOptions,
    retryable: false,
    cause: new AuthenticationError(reason),
  });
}

function personMustAct(
  error: string,
  suberror: string,
  claims: string | undefined,
  context: ServerErrorContext,
): boolean {
  if (NOT_CURED_BY_A_PROMPT.has(suberror)) return false;
  if (PERSON_MUST_ACT.has(error)) return context.interactive !== true || claims !== undefined;
  return error === "invalid_grant" && context.interactive !== true;
}

function reasonOf(
  error: string,
  suberror: string,
  json: JsonObject,
  context: ServerErrorContext,
): AuthenticationErrorInit {
  const facts = serverFacts(json, context.correlationId);
  const remedy = remedyFor(facts.aadsts);
  const shared = { what: context.what, detail: error, remedy: remedy?.text(context), ...facts };
  if (error === "expired_token") {
    const what = "The code was not used in time";
    return {
      ...shared,
      code: "device_code_expired",
      detail: "device_code_expired",
      what,
      remedy: "Start again",
    };
  }
  if (error === "temporarily_unavailable" || error === "server_error") {
    return { ...shared, code: "network", retryable: true, remedy: shared.remedy ?? "Try again" };
  }
  if (remedy?.conditionalAccess === true || POLICY_SUBERRORS.has(suberror)) {
    return { ...shared, code: "conditional_access", detail: suberror || error };
  }
  if (error === "access_denied" || error === "authorization_declined") {
    const cancelled = json["error_subcode"] === "cancel";
    return { ...shared, code: cancelled ? "user_cancelled" : "access_denied" };
  }
  return { ...shared, code: "service", detail: error };
}

// A claims challenge is handed on to authenticate(): only what that call takes.
function claimsOf(value: unknown): string | undefined {
  return typeof value === "string" && parseJsonObject(value) !== undefined ? value : undefined;
}

function wordOf(value: unknown): string | undefined {
  return typeof value === "string" && /^[a-z][a-z0-9_]{0,63}$/i.test(value) ? value.toLowerCase() : undefined;
}
