import { aadsts } from "./entra-error.ts";

/** The `claims` parameter, read (OpenID Connect Core 1.0, section 5.5). */
interface ClaimsRequest {
  readonly access_token?: Readonly<
    Record<string, { readonly value?: string; readonly values?: readonly string[] } | null>
  >;
}

/** Whether the client says that it understands a revoked token: the capability `cp1`. */
export function requestsContinuousAccess(claims: string | undefined): boolean {
  return read(claims).access_token?.["xms_cc"]?.values?.includes("cp1") ?? false;
}

/** Whether the client answers a Conditional Access challenge, and so expects a second factor to be asked for. */
export function answersPolicyChallenge(claims: string | undefined): boolean {
  return read(claims).access_token?.["capolids"] !== undefined;
}

/** The challenge that leads to a sign-in with a second factor. */
export function policyChallenge(policyId: string): string {
  return JSON.stringify({ access_token: { capolids: { essential: true, values: [policyId] } } });
}

/** The authentication contexts that a client asks for by `acrs`, such as Azure's `p1` for writes. */
export function requestedContexts(claims: string | undefined): readonly string[] {
  const { value, values = [] } = read(claims).access_token?.["acrs"] ?? {};
  return [...new Set([...(value === undefined ? [] : [value]), ...values])].filter(
    (each) => typeof each === "string",
  );
}

/** The challenge that leads to a sign-in in these authentication contexts. */
export function contextChallenge(contexts: readonly string[]): string {
  return JSON.stringify({ access_token: { acrs: { essential: true, values: contexts } } });
}

/** The challenge of a revoked session: only a token not older than `notBefore` (seconds since 1970) will do. */
export function revocationChallenge(notBefore: number): string {
  return JSON.stringify({ access_token: { nbf: { essential: true, value: String(notBefore) } } });
}

/** @throws EntraError AADSTS9002313 */
export function requireReadableClaims(claims: string | undefined): void {
  read(claims);
}

function read(claims: string | undefined): ClaimsRequest {
  if (claims === undefined) return {};
  try {
    const parsed: unknown = JSON.parse(claims);
    if (typeof parsed === "object" && parsed !== null && !Array.isArray(parsed))
      return parsed as ClaimsRequest;
  } catch {
    // Not JSON: refused below, like JSON that is no object.
  }
  throw aadsts(9002313);
}
