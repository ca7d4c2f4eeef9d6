import { invalidOption, resolveSettings, type KnownNames } from "@entrada/core/credential";
import type { EntraTokenVerifierOptions } from "./entra-token-verifier-options.ts";

export const GUID: RegExp = /^[\da-f]{8}-(?:[\da-f]{4}-){3}[\da-f]{12}$/i;
const LONGEST_TOLERANCE_IN_S = 600;

/** The options of a verifier after their defaults and checks. */
export interface VerifierSettings {
  readonly tenants: readonly string[];
  readonly audiences: readonly string[];
  /** An origin. */
  readonly authorityHost: string;
  readonly clockToleranceInS: number;
  readonly fetch: typeof globalThis.fetch;
}

/** The names of what a verifier takes. */
export const VERIFIER_OPTIONS: KnownNames<EntraTokenVerifierOptions> = {
  tenantId: true,
  audience: true,
  authorityHost: true,
  clockToleranceInS: true,
  fetch: true,
};

/** @throws TypeError with a `code`, naming the wrong option. */
export function checkVerifierOptions(options: EntraTokenVerifierOptions): VerifierSettings {
  const { clockToleranceInS = 60, fetch = globalThis.fetch } = options;
  // "common" would take the tokens of every tenant there is.
  const tenants = listOf(options.tenantId).map((tenant) => tenant.toLowerCase());
  if (tenants.length === 0 || !tenants.every((tenant) => GUID.test(tenant))) {
    throw invalidOption("tenantId", "the id of a tenant (a GUID), or an array of such ids", options.tenantId);
  }
  const audiences = listOf(options.audience);
  if (audiences.length === 0 || audiences.includes("")) {
    throw invalidOption("audience", "the application id or the App ID URI of this server", options.audience);
  }
  const isTolerance = typeof clockToleranceInS === "number" && clockToleranceInS >= 0;
  if (!(isTolerance && clockToleranceInS <= LONGEST_TOLERANCE_IN_S)) {
    const expected = `a number of seconds from 0 to ${LONGEST_TOLERANCE_IN_S}`;
    throw invalidOption("clockToleranceInS", expected, clockToleranceInS);
  }
  if (typeof fetch !== "function") throw invalidOption("fetch", "a function", fetch);
  // The host as a credential has it: an External ID may be spelled with its tenant.
  const { authorityHost } = resolveSettings({ authorityHost: options.authorityHost, tenantId: tenants[0] });
  return { tenants, audiences, authorityHost, clockToleranceInS, fetch };
}

function listOf(value: unknown): string[] {
  const list: unknown[] = Array.isArray(value) ? value : [value];
  return list.every((each) => typeof each === "string") ? (list as string[]) : [];
}
