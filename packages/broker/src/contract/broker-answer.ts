import type { WamAccountKind } from "@entrada/wam";
import type { IdTokenClaims } from "./id-token-claims.ts";
import { unacceptable } from "./unacceptable-answer.ts";

/** A token from the broker, whichever of WAM's two formats it came in. */
export interface BrokerAnswer {
  readonly kind: WamAccountKind;
  readonly token: string;
  /** In ms since 1970. */
  readonly expiresOnTimestamp: number;
  /** `<uid>.<utid>`: whose token it is, in every tenant. */
  readonly homeAccountId: string;
  /** The tenant that issued the token. */
  readonly tenantId: string;
  /** Whether the answer itself says which tenant that is. Else it is the asked one, or the account's own. */
  readonly tenantIsTold: boolean;
  readonly username: string;
  readonly grantedScopes: readonly string[];
  readonly idToken?: string | undefined;
  readonly idTokenClaims?: IdTokenClaims | undefined;
  /** WAM's own id of the account, by which it can be asked for again. */
  readonly webAccountId?: string | undefined;
  /** Whether the person took another account in the dialog than the one that was asked for. */
  readonly switched: boolean;
  /** What somebody should know though the token is good. */
  readonly warnings: readonly BrokerAnswerWarning[];
}

export interface BrokerAnswerWarning {
  readonly code: "expires_on_missing" | "scope_narrowed";
  readonly message: string;
}

// What ends up in HTTP headers, in logs, and at a terminal.
const VISIBLE = /^[\x21-\x7e]+$/;

/** @throws AuthenticationError `invalid_response` for anything but visible characters */
export function checkedToken(value: unknown): string {
  if (typeof value !== "string" || !VISIBLE.test(value)) throw unacceptable("the access token");
  return value;
}

/** The first text that can be shown. */
export function firstText(...candidates: readonly unknown[]): string | undefined {
  return candidates.find(
    (text): text is string =>
      typeof text === "string" && text !== "" && text.length <= 1024 && !/\p{Cc}/u.test(text),
  );
}

const PROTOCOL_SCOPES: ReadonlySet<string> = new Set(["openid", "profile", "offline_access", "email"]);

/** What was granted, of names that can be shown, and a warning when that is less than was asked for. A literal `/.default` is never echoed. */
export function grantedScopesOf(
  granted: string | undefined,
  asked: readonly string[],
): { readonly grantedScopes: readonly string[]; readonly warnings: readonly BrokerAnswerWarning[] } {
  const names = (granted ?? "").split(/[ +]/).filter((scope) => VISIBLE.test(scope) && !isProtocol(scope));
  if (names.length === 0) return { grantedScopes: [...asked], warnings: [] };
  const given = new Set(names.map(shortName));
  const missing = asked.filter(
    (scope) => !isProtocol(scope) && shortName(scope) !== ".default" && !given.has(shortName(scope)),
  );
  const message = `Not every requested scope was granted: ${missing.join(" ")} is missing`;
  return { grantedScopes: names, warnings: missing.length > 0 ? [{ code: "scope_narrowed", message }] : [] };
}

function isProtocol(scope: string): boolean {
  return PROTOCOL_SCOPES.has(scope.toLowerCase());
}

function shortName(scope: string): string {
  return scope.slice(scope.lastIndexOf("/") + 1).toLowerCase();
}
